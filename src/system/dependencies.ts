/** Dependencies between components: from clients in code, else from addresses in manifests, with their guards. */
import type { Client } from '../facts/code.js'
import type { Source } from '../facts/source.js'
import { compareSources, compareText, formatSource } from '../facts/source.js'
import type { Configuration } from '../knowledge/configuration.js'
import type { ComponentKinds } from '../knowledge/policies.js'
import { calledByEnvironment } from './called-by-environment.js'
import { ComponentDirectory } from './component-directory.js'
import { componentNamed, UNPROXIED, type Component, type Dependency } from './component.js'
import { guardsAround } from './component-guards.js'
import { worstGuards } from './guards.js'
import type { Manifests } from './manifests/manifests.js'
import { goesOnWithout, sitesOf, withRetriesByHand } from './sites.js'
import { resolveTarget, type Resolved } from './targets.js'
import { emptyComponent } from './workloads.js'

interface Found {
  components: Component[]
  dependencies: Dependency[]
  unresolved: { client: Client; reason: string }[]
}

/** Adds the external components that the clients name; returns every dependency once per (from, to, protocol). */
export function findDependencies(
  components: Component[],
  manifests: Manifests,
  configuration: Configuration,
  kinds: ComponentKinds,
): Found {
  const directory = new ComponentDirectory(components)
  const dependencies = new Map<string, Dependency>()
  const unresolved: Found['unresolved'] = []
  for (const from of components) {
    for (const client of from.clients) {
      const resolved = resolveTarget(client.target, from, directory, manifests)
      const to = 'unknown' in resolved ? null : componentOf(resolved, client.protocol, directory, kinds)
      if (to === null || 'unknown' in resolved) {
        unresolved.push({ client, reason: 'unknown' in resolved ? resolved.unknown : 'it calls itself' })
      } else if (to !== from) {
        add(
          dependencies,
          from,
          to,
          client.protocol,
          resolved.reason,
          [client.source, ...client.calls.map((call) => call.source)],
          client,
        )
      }
    }
  }
  for (const from of components) {
    const known = calledBy(from, dependencies)
    for (const { to, reason, source } of calledByEnvironment(from, directory, manifests)) {
      if (known.has(to.id)) continue
      known.add(to.id)
      add(dependencies, from, to, 'unknown', reason, [source], null)
    }
  }
  const { all } = directory
  addDeclared(dependencies, all, configuration)
  for (const dependency of dependencies.values()) finish(dependency, all, configuration)
  return {
    components: all,
    dependencies: [...dependencies.values()].sort((a, b) => compareText(a.id, b.id)),
    unresolved,
  }
}

function componentOf(
  resolved: Exclude<Resolved, { unknown: string }>,
  protocol: string,
  directory: ComponentDirectory,
  kinds: ComponentKinds,
): Component {
  if ('component' in resolved) return resolved.component
  const id = 'external' in resolved ? resolved.external : resolved.named
  const known = directory.withId(id)
  if (known) return known
  const kind =
    'external' in resolved
      ? 'external'
      : (Object.entries(kinds.kinds).find(([, { protocols }]) => protocols.includes(protocol))?.[0] ??
        'service')
  const component = emptyComponent(
    id,
    kind,
    'external' in resolved ? id : `${kind} behind ${id.replace(/^Secret\//, '')}`,
  )
  component.joins.push(resolved.reason)
  directory.add(component)
  return component
}

/** Ids of the components that one is known to call. */
function calledBy({ id }: Component, dependencies: Map<string, Dependency>): Set<string> {
  const own = [...dependencies.values()].filter(({ from }) => from === id)
  return new Set(own.map(({ to }) => to))
}

function addDeclared(
  dependencies: Map<string, Dependency>,
  components: Component[],
  configuration: Configuration,
): void {
  for (const { from, to } of configuration.dependencies) {
    const [caller, callee] = [from, to].map((name) => componentNamed(name, components))
    if (!caller || !callee || caller === callee) continue
    if (!calledBy(caller, dependencies).has(callee.id))
      add(dependencies, caller, callee, 'unknown', 'declared in resilience.yaml', [], null)
  }
}

function add(
  dependencies: Map<string, Dependency>,
  from: Component,
  to: Component,
  protocol: string,
  reason: string,
  sources: Source[],
  client: Client | null,
): void {
  const id = `${from.id} -> ${to.id} (${protocol})`
  const dependency = dependencies.get(id) ?? {
    id,
    from: from.id,
    to: to.id,
    protocol,
    criticality: 'unknown' as const,
    reason,
    sources: [],
    guards: {},
    clients: [],
    sites: [],
    proxied: UNPROXIED,
  }
  dependencies.set(id, dependency)
  dependency.sources.push(...sources)
  if (client) dependency.clients.push(client)
}

/** Criticality is declared, or follows from a fallback or a catch seen on every call; nothing else tells it. */
function finish(dependency: Dependency, components: Component[], configuration: Configuration): void {
  const isFor = (name: string, id: string): boolean => componentNamed(name, components)?.id === id
  dependency.sources = uniqueSources(dependency.sources)
  const caller = components.find(({ id }) => id === dependency.from)
  const own = dependency.clients.map((client) => client.guards)
  dependency.sites = sitesOf(dependency.clients, caller?.paths ?? new Map())
  dependency.guards = withRetriesByHand(
    worstGuards([...own, ...guardsAround(dependency.clients, caller)]),
    dependency.sites,
  )
  const declared = configuration.dependencies.find(
    ({ from, to }) => isFor(from, dependency.from) && isFor(to, dependency.to),
  )
  const target = configuration.components.find(({ id }) => isFor(id, dependency.to))
  if (declared?.criticality) dependency.criticality = declared.criticality
  else if (declared?.fallback !== undefined || worstGuards(own)['fallback']?.state === 'present')
    dependency.criticality = 'soft'
  else if (target?.hard !== undefined) dependency.criticality = target.hard ? 'hard' : 'soft'
  else if (goesOnWithout(dependency)) dependency.criticality = 'soft'
}

function uniqueSources(sources: Source[]): Source[] {
  const seen = new Map(sources.map((source) => [formatSource(source), source]))
  return [...seen.values()].sort(compareSources)
}
