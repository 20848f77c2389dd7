/** Failure chains: from a fault on a component, over the dependency that lets it through, up to where users come in. */
import type { Source } from '../facts/source.js'
import { compareSources, compareText } from '../facts/source.js'
import type { ChainPattern } from '../knowledge/chain-patterns.js'
import type { Configuration } from '../knowledge/configuration.js'
import type { ChainPolicy, DetectionPolicy } from '../knowledge/policies.js'
import { amplificationOf, type Amplification } from './amplification.js'
import { impactOf, type Impact } from './impact.js'
import { timeBudget } from './time-budget.js'
import { guardsOfClient, meets, weakPlaces } from './weak-clients.js'
import type { Component, Dependency, System } from './component.js'
import { detectionOf, type Detection } from './detection.js'
import { circles, graphOf, pathFromEntries, type DependencyGraph } from './graph.js'
import { isMissing, worstGuards } from './guards.js'

export interface Link {
  from: string
  to: string
  mechanism: string
  evidence: Source[]
  /** Set when the link is not shown by evidence. */
  assumption: string | null
}

export interface Chain {
  id: string
  pattern: string
  title: string
  trigger: { component: string; fault: string }
  links: Link[]
  loop: boolean
  /** Its calls fail in a way that is retried. */
  retried: boolean
  sustainedBy: string | null
  amplification: Amplification
  budget: { slackSeconds: number | null }
  missing: string[]
  detection: Detection
  impact: Impact
  priority: 'high' | 'medium' | 'low'
  priorityBasis: string
  experiment: string
}

export interface ChainKnowledge {
  patterns: ChainPattern[]
  chains: ChainPolicy
  detection: DetectionPolicy
  configuration: Configuration
  /** Alert rules were read: without any, nothing can be said of who would notice. */
  anyAlerts: boolean
}

/** Every pattern on every dependency that it fits: a chain is listed only when each of its conditions was seen. */
export function findChains(system: System, knowledge: ChainKnowledge): Chain[] {
  const graph = graphOf(system)
  const shape = { graph, circles: circles(graph), entries: system.entries().map((entry) => entry.id) }
  // The loss of a soft dependency degrades its caller, and goes no further.
  const hardOrUnknown = system.dependencies.filter(({ criticality }) => criticality !== 'soft')
  const chains = knowledge.patterns.flatMap((pattern) =>
    callsOf(hardOrUnknown.filter((dependency) => fits(pattern, dependency, system))).map((call) =>
      build(pattern, call, system, shape, knowledge),
    ),
  )
  return onePerCause(
    chains.sort((a, b) => rank(a) - rank(b) || compareText(a.id, b.id)),
    knowledge.patterns,
  )
}

/** One component that calls another in several protocols is one link of a chain. */
function callsOf(dependencies: Dependency[]): Dependency[] {
  const calls = new Map<string, Dependency>()
  for (const dependency of dependencies) {
    const pair = `${dependency.from} -> ${dependency.to}`
    const known = calls.get(pair)
    calls.set(pair, known ? joined(known, dependency) : dependency)
  }
  return [...calls.values()]
}

function joined(one: Dependency, other: Dependency): Dependency {
  return {
    ...one,
    sources: [...one.sources, ...other.sources].sort(compareSources),
    clients: [...one.clients, ...other.clients],
    guards: worstGuards([one.guards, other.guards]),
  }
}

/**
 * Where nothing is asked of the dependency itself, every caller of one trigger (or every trigger of one caller) shows the
 * same weakness: the first in rank stands for all, and its impact names the others.
 */
function onePerCause(chains: Chain[], patterns: ChainPattern[]): Chain[] {
  const seen = new Set<string>()
  return chains.filter((chain) => {
    const asked = new Set(
      patterns.find((pattern) => pattern.id === chain.pattern)!.requires.map(({ on }) => on),
    )
    if (asked.has('dependency')) return true
    const cause = [
      chain.pattern,
      asked.has('trigger') && chain.trigger.component,
      asked.has('caller') && chain.links[0]!.to,
    ].join(' ')
    return !seen.has(cause) && seen.add(cause)
  })
}

interface Shape {
  graph: DependencyGraph
  circles: Map<string, Set<string>>
  entries: string[]
}

const PRIORITIES = ['high', 'medium', 'low']

function rank(chain: Chain): number {
  return PRIORITIES.indexOf(chain.priority)
}

function fits(pattern: ChainPattern, dependency: Dependency, system: System): boolean {
  const trigger = system.component(dependency.to)!
  const caller = system.component(dependency.from)!
  if (!pattern.trigger.kinds.includes(trigger.kind)) return false
  if (pattern.protocols && !pattern.protocols.includes(dependency.protocol)) return false
  // One client has to be weak in all of it: what two clients lack apart makes no chain.
  const isWeak = [{}, ...dependency.clients.map((client) => guardsOfClient(client, caller))].some((guards) =>
    meets(pattern, 'dependency', guards),
  )
  return meets(pattern, 'trigger', trigger.guards) && meets(pattern, 'caller', caller.guards) && isWeak
}

function build(
  pattern: ChainPattern,
  dependency: Dependency,
  system: System,
  shape: Shape,
  knowledge: ChainKnowledge,
): Chain {
  const path = [
    dependency,
    ...pathFromEntries(shape.graph, shape.entries, dependency.from, dependency.to),
  ].slice(0, knowledge.chains.maxLinks)
  const [trigger, caller, entry] = [dependency.to, dependency.from, path.at(-1)!.from].map((id) =>
    system.component(id)!,
  ) as [Component, Component, Component]
  const names = { trigger: trigger.name, caller: caller.name, entry: entry.name }
  const affected = [...new Set(path.map((link) => link.from))].map((id) => system.component(id)!)
  const detection = detectionOf(
    trigger,
    affected,
    pattern.trigger.fault,
    knowledge.detection,
    knowledge.configuration,
  )
  const amplification = amplificationOf(path, knowledge.chains.failureProbability)
  const missing = pattern.controls.filter((control) =>
    [dependency.guards, caller.guards, trigger.guards].some((guards) => isMissing(guards[control])),
  )
  const reachesEntry = [trigger, entry].some(({ id }) => shape.entries.includes(id))
  const { is, basis } = priorityOf(
    {
      reachesEntry,
      missing: missing.length,
      amplification: pattern.retried ? (amplification.worst ?? 1) : 1,
      noticed: detection.alerts.length > 0 ? 'yes' : knowledge.anyAlerts ? 'no' : 'unknown',
    },
    knowledge.chains,
  )
  return {
    id: `${pattern.id}:${[trigger, ...affected].map((component) => component.id).join('>')}`,
    pattern: pattern.id,
    title: fill(pattern.title, names),
    trigger: { component: trigger.id, fault: pattern.trigger.fault },
    links: path.map((link, index) =>
      index === 0
        ? { ...linkOf(link, pattern.mechanism, system), evidence: weakPlaces(pattern, link, caller) }
        : linkOf(link, pattern.propagation, system),
    ),
    // A circle of causes: the failure, on its way up, reaches a component that the trigger itself depends on.
    loop: affected.some((component) => shape.circles.get(trigger.id)?.has(component.id)),
    retried: pattern.retried,
    sustainedBy: pattern.sustainedBy === null ? null : fill(pattern.sustainedBy, names),
    amplification,
    budget: { slackSeconds: timeBudget(path) },
    missing,
    detection,
    impact: impactOf(trigger.id, system),
    priority: is,
    priorityBasis: basis,
    experiment: fill(pattern.experiment, names),
  }
}

function linkOf(dependency: Dependency, mechanism: string, system: System): Link {
  const [from, to] = [system.component(dependency.to)!, system.component(dependency.from)!]
  return {
    from: from.id,
    to: to.id,
    mechanism: fill(mechanism, { from: from.name, to: to.name }),
    evidence: dependency.sources,
    assumption:
      dependency.criticality === 'unknown'
        ? `that ${to.name} cannot answer without ${from.name}: no evidence says so`
        : null,
  }
}

interface Standing {
  reachesEntry: boolean
  missing: number
  amplification: number
  /** Unknown when no alert rules were read. */
  noticed: 'yes' | 'no' | 'unknown'
}

function priorityOf(standing: Standing, policy: ChainPolicy): ChainPolicy['priority'][number] {
  return policy.priority.find(
    ({ when }) =>
      (when.reachesEntry === undefined || when.reachesEntry === standing.reachesEntry) &&
      (when.noticed === undefined || when.noticed === standing.noticed) &&
      standing.missing >= (when.minMissing ?? 0) &&
      standing.amplification >= (when.minAmplification ?? 0),
  )!
}

/** `{name}` in the words of a pattern. */
function fill(template: string, values: Record<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}
