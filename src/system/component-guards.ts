/** Protections of a component itself, in the same lattice as those of its calls: from its practices and its workloads. */
import type { Client, Guard, Practice } from '../facts/code.js'
import type { Workload } from '../facts/kubernetes.js'
import type { Component, Guards } from './component.js'
import { guard, worstGuards } from './guards.js'
import { livenessOfComponent } from './probes.js'
import { runsOn, runsPerNode } from './workloads.js'

export function guardsOfComponent(component: Component): Guards {
  const practices = component.practices.filter(({ about }) => about.length === 0)
  return {
    ...worstGuards(practices.map(guardOfPractice)),
    ...guardsOfWorkloads(component),
    ...livenessOfComponent(component),
  }
}

/** What the code of a component does around its calls of some clients. */
export function guardsAround(clients: Client[], component: Component | undefined): Guards[] {
  const practices = component?.practices ?? []
  return practices
    .filter(({ about }) => about.some((client) => clients.includes(client)))
    .map(guardOfPractice)
}

function guardOfPractice({ pattern, state, reason, detail, source, seconds }: Practice): Guards {
  return { [pattern]: guard(state, reason ?? detail, source, seconds, seconds === null ? null : 's') }
}

/** Of a workload that several manifests define, the worse definition counts. */
function guardsOfWorkloads(component: Component): Guards {
  return worstGuards(
    component.workloads
      .filter(runsOn)
      .map((workload) => ({ replicas: replicasOf(workload, component), ...readinessOf(workload) })),
  )
}

/** Where an overlay makes more of it, one instance is not what is known to run. */
function replicasOf(workload: Workload, component: Component): Guard {
  const { least, reason, more } = component.instances.get(workload)!
  const source = workload.at['replicas'] ?? workload.source
  if (least >= 2 || runsPerNode(workload)) return guard('present', reason, source, least, 'instances')
  return more === null
    ? guard('absent', reason, source, least, 'instances')
    : guard('unknown', `${reason}; ${more.reason}`, source)
}

function readinessOf({ containers, source }: Workload): Guards {
  if (containers.length === 0) return {}
  const isEverywhere = containers.every((container) => container.readiness !== null)
  return {
    'readiness-probe': isEverywhere
      ? guard('present', 'every container has one', source)
      : guard('absent', 'a container has none', source),
  }
}
