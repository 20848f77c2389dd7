/** The connections that the clients of a database open together, at the most instances of each that run. */
import type { Client, PoolSize } from '../../facts/code.js'
import { groupedBy } from '../../facts/grouped.js'
import { formatSource, type Source } from '../../facts/source.js'
import type { Component, Dependency, System } from '../component.js'
import { connectionLimitOf, type ConnectionLimit } from './limits.js'
import { environmentOf } from '../manifests/environment.js'
import type { Manifests } from '../manifests/manifests.js'
import { peakOf, type Peak } from './peak.js'
import { runsOn } from '../workloads.js'

/** One client of one workload: its instances times its pool. */
export interface ConnectionTerm {
  component: Component
  /** Whether a workload runs it. */
  isPlaced: boolean
  /** Connections that it opens with the instances that run at rest; 0 where nothing is known. */
  atRest: number
  /** Connections that it opens at least when all run that may; 0 where nothing is known. */
  least: number
  /** Null where it is not known. */
  most: number | null
  /** The arithmetic with the place of each number, or why it is not known. */
  reason: string
  sources: { source: Source; message: string }[]
}

export interface ConnectionDemand {
  database: Component
  limit: ConnectionLimit
  terms: ConnectionTerm[]
}

/** One for each database that clients in code keep pools for. */
export function connectionDemands(system: System, manifests: Manifests): ConnectionDemand[] {
  return system.components.flatMap((database) => {
    const dependents = system.dependentsOf(database.id)
    if (!dependents.some(({ clients }) => clients.some(({ pool }) => pool))) return []
    const known = dependents.flatMap((dependency) => termsOf(dependency, system, manifests))
    const terms = [...known, ...perhapsOf(dependents, system)]
    return [{ database, limit: connectionLimitOf(database, manifests), terms }]
  })
}

function termsOf(
  { from, clients, sources }: Dependency,
  system: System,
  manifests: Manifests,
): ConnectionTerm[] {
  const component = system.component(from)!
  if (clients.length === 0)
    return [
      {
        ...{ component, isPlaced: false, atRest: 0, least: 0, most: null },
        reason: `how many connections ${component.name} opens was not read`,
        sources: sources
          .slice(0, 1)
          .map((source) => ({ source, message: `${component.name} refers to the database here` })),
      },
    ]
  return clients.flatMap((client) => {
    const pool = client.pool && pooled(client, client.pool, component, manifests)
    if (!pool) return []
    const runners = distinctWorkloads(component).map((writings) =>
      joinedPeak(writings.map((one) => peakOf(one, manifests))),
    )
    return runners.length > 0
      ? runners.map((peak) => term(component, client, pool, peak))
      : [unplaced(component, client)]
  })
}

/** Clients of the same protocol of which it is not known whom they call: it may be this database. */
function perhapsOf(dependents: Dependency[], system: System): ConnectionTerm[] {
  const protocols = new Set(dependents.map(({ protocol }) => protocol))
  return system.unresolved
    .filter(({ client }) => client.pool && protocols.has(client.protocol))
    .flatMap(({ client }) => {
      const component = system.components.find(({ clients }) => clients.includes(client))
      return component ? [unaddressed(component, client)] : []
    })
}

function unaddressed(component: Component, client: Client): ConnectionTerm {
  return {
    ...{ component, isPlaced: false, atRest: 0, least: 0, most: null },
    reason: `which database ${component.name} calls at ${formatSource(client.source)} is not known`,
    sources: [
      {
        source: client.source,
        message: `${component.name} creates a pool here, for which database is not known`,
      },
    ],
  }
}

function unplaced(component: Component, client: Client): ConnectionTerm {
  return {
    ...{ component, isPlaced: false, atRest: 0, least: 0, most: null },
    reason: `how many instances of ${component.name} run is not known`,
    sources: [{ source: client.source, message: `${component.name} creates its pool here` }],
  }
}

function term(component: Component, client: Client, pool: Pool, peak: Peak): ConnectionTerm {
  const instances = `${peak.least} ${peak.least === 1 ? 'instance' : 'instances'}`
  const sources = [
    { source: client.source, message: `${component.name} creates its pool here: ${pool.reason}` },
    {
      source: peak.source,
      message: `${component.name}: ${instances} ${peak.most === peak.least ? 'at most' : 'or more'}`,
    },
  ]
  if (pool.connections === null)
    return {
      ...{ component, isPlaced: true, atRest: 0, least: 0, most: null },
      reason: `${component.name} (${instances}): ${pool.reason}`,
      sources,
    }
  const least = peak.least * pool.connections
  return {
    component,
    isPlaced: true,
    atRest: peak.atRest * pool.connections,
    least,
    most: peak.most === null || !pool.isSettled ? null : peak.most * pool.connections,
    reason: `${component.name} ${peak.least} (${peak.reason}) × ${pool.connections} (${pool.reason}, ${formatSource(client.source)}) = ${least}`,
    sources,
  }
}

interface Pool {
  connections: number | null
  reason: string
  /** False where an overlay may set it anew. */
  isSettled: boolean
}

/** What its environment says wins over what the code has. */
function pooled({ target }: Client, pool: PoolSize, component: Component, manifests: Manifests): Pool {
  const variables = component.workloads.flatMap((workload) => environmentOf(workload, manifests))
  const named = (name: string | null) => variables.find((variable) => variable.name === name)
  const isPatched = component.workloads.some((workload) =>
    manifests
      .patchesOf(workload)
      .some(({ containers }) => containers.some(({ at }) => 'env' in at || 'envFrom' in at)),
  )
  const setting = named(pool.variable)
  if (setting) {
    const isNumber = setting.value !== null && /^\d+$/.test(setting.value.trim())
    return {
      connections: isNumber ? Number(setting.value) : null,
      reason: `${setting.name}${isNumber ? ` is ${setting.value!.trim()}` : ' is not a number that was read'}, ${formatSource(setting.source)}`,
      isSettled: !isPatched,
    }
  }
  const address = pool.parameters.length > 0 ? named(target.variable) : undefined
  const parameter = typeof address?.value === 'string' ? parameterIn(address.value, pool.parameters) : null
  if (address && parameter)
    return {
      connections: parameter.value,
      reason: `${parameter.name} in ${address.name} is ${parameter.value}, ${formatSource(address.source)}`,
      isSettled: !isPatched,
    }
  const mayBeElsewhere =
    pool.parameters.length > 0 && target.variable !== null && typeof address?.value !== 'string'
  const isTaken = pool.variable !== null && component.workloads.length === 0
  return {
    connections: mayBeElsewhere ? null : pool.connections,
    reason: mayBeElsewhere
      ? `its address, in ${target.variable!}, was not read and may hold ${pool.parameters.join(' or ')}`
      : pool.reason,
    isSettled: !isPatched && !isTaken,
  }
}

function parameterIn(address: string, names: string[]): { name: string; value: number } | null {
  for (const name of names) {
    const value = new RegExp(`[?&]${name}=(\\d+)(?:&|$)`).exec(address.trim())?.[1]
    if (value !== undefined) return { name, value: Number(value) }
  }
  return null
}

/** Workloads that run on, each as the list of its writings. */
function distinctWorkloads({ workloads }: Component): Component['workloads'][] {
  return [...groupedBy(workloads.filter(runsOn), ({ name }) => name).values()]
}

/** Of one workload that is written several times, only the least is sure. */
function joinedPeak(peaks: Peak[]): Peak {
  const [first, ...others] = [...peaks].sort((a, b) => a.least - b.least) as [Peak, ...Peak[]]
  const most = peaks.map((peak) => peak.most)
  return others.length === 0
    ? first
    : { ...first, most: most.includes(null) ? null : Math.max(...most.map((count) => count ?? 0)) }
}
