/** Failure chains: from a fault on a component, over the dependency that lets it through, up to where users come in. */
import { compareText } from '../../facts/source.js'
import type { ChainPattern } from '../../knowledge/chain-patterns.js'
import type { ChainPolicy } from '../../knowledge/policies.js'
import { amplificationOf, type Amplification } from '../amplification.js'
import { impactOf, type Impact } from '../impact.js'
import { timeBudget, type TimeBudget } from '../time-budget.js'
import { leadsTo, leadsToCode } from '../asked-endpoints.js'
import { asOneCall, callsOf } from '../calls.js'
import { linksOf, type Link } from './chain-links.js'
import { wordsOf, type Parties } from './chain-words.js'
import { priorityOf } from './chain-priority.js'
import { guardsOfClient, meets, weakCodeOf } from './weak-clients.js'
import type { Dependency, System } from '../component.js'
import type { Detection, Watch } from '../alerts/detection.js'
import type { Notice } from '../alerts/notice.js'
import { sightOf } from './chain-sight.js'
import { callsInto, circles, graphOf, pathFromEntries, type DependencyGraph } from '../graph.js'
import { isMissing } from '../guards.js'

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
  budget: TimeBudget
  missing: string[]
  detection: Detection
  noticed: Notice
  impact: Impact
  priority: 'high' | 'medium' | 'low'
  priorityBasis: string
  experiment: string
}

export interface ChainKnowledge {
  patterns: ChainPattern[]
  chains: ChainPolicy
  watch: Watch
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
    callsOf(
      hardOrUnknown.filter((dependency) => fits(pattern, dependency, system)),
      knowledge.chains.asynchronousProtocols,
    ).map((call) => build(pattern, call, system, shape, knowledge)),
  )
  return onePerCause(
    chains.sort((a, b) => rank(a) - rank(b) || compareText(a.id, b.id)),
    knowledge.patterns,
  )
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
  const isWeak = [{}, ...dependency.clients.map((client) => guardsOfClient(client, dependency, caller))].some(
    (guards) => meets(pattern, 'dependency', guards),
  )
  const weakCode = weakCodeOf(pattern, trigger)
  if (weakCode.length > 0 && leadsToCode(dependency, trigger, weakCode) === 'refuted') return false
  return meets(pattern, 'trigger', trigger.guards) && meets(pattern, 'caller', caller.guards) && isWeak
}

function build(
  pattern: ChainPattern,
  call: Dependency,
  system: System,
  shape: Shape,
  knowledge: ChainKnowledge,
): Chain {
  const path = pathOf(call, shape, knowledge, system)
  const parties = partiesOf(path, system)
  const { trigger, affected } = parties
  const amplification = amplificationOf(path, knowledge.chains.failureProbability)
  const missing = missingControls(pattern, call, parties)
  const sight = sightOf(pattern, path, parties, system, knowledge)
  const standing = {
    reachesEntry: [trigger, parties.entry].some(({ id }) => shape.entries.includes(id)),
    missing: missing.length,
    amplification: pattern.retried ? (amplification.worst ?? 1) : 1,
    noticed: sight.noticed,
  }
  const { is, basis } = priorityOf(standing, knowledge.chains)
  return {
    id: `${pattern.id}:${[trigger, ...affected].map(({ id }) => id).join('>')}`,
    pattern: pattern.id,
    ...wordsOf(pattern, parties),
    trigger: { component: trigger.id, fault: pattern.trigger.fault },
    links: linksOf(pattern, path, system),
    // A circle of causes: the failure, on its way up, reaches a component that the trigger itself depends on.
    loop: affected.some(({ id }) => shape.circles.get(trigger.id)?.has(id)),
    retried: pattern.retried,
    amplification,
    budget: timeBudget(path, (id) => system.component(id)),
    missing,
    ...sight,
    impact: impactOf(trigger.id, system, pattern.hitsCallerOnly ? parties.caller.id : null),
    priority: is,
    priorityBasis: basis,
  }
}

/** From the call that lets the failure through, upwards to the nearest entry by calls that are not shown to lead elsewhere. */
function pathOf(
  call: Dependency,
  { graph, entries }: Shape,
  { chains }: ChainKnowledge,
  system: System,
): Dependency[] {
  const leadsOn = (outer: Dependency, inner: Dependency): boolean =>
    leadsTo(outer, inner, system.component(outer.to)!) !== 'refuted'
  const upwards = pathFromEntries(graph, entries, call.from, call.to)
  const path = [call, ...upwards.map((calls) => asOneCall(calls, chains.asynchronousProtocols))]
  const isOpen = path.every((outer, index) => index === 0 || leadsOn(outer, path[index - 1]!))
  const callersOf = (id: string): Dependency[] =>
    callsInto(graph, id).map((calls) => asOneCall(calls, chains.asynchronousProtocols))
  return (isOpen ? path : pathByPairs(call, entries, callersOf, leadsOn)).slice(0, chains.maxLinks)
}

/** The shortest way on which each call may lead to the next one below; the call alone where there is none. */
function pathByPairs(
  call: Dependency,
  entries: string[],
  callersOf: (id: string) => Dependency[],
  leadsOn: (outer: Dependency, inner: Dependency) => boolean,
): Dependency[] {
  const seen = new Set<string>()
  const waiting = [[call]]
  for (const path of waiting) {
    const inner = path.at(-1)!
    if (entries.includes(inner.from)) return path
    for (const outer of callersOf(inner.from)) {
      const edge = `${outer.from}>${outer.to}`
      if (outer.from === call.to || seen.has(edge) || !leadsOn(outer, inner)) continue
      seen.add(edge)
      waiting.push([...path, outer])
    }
  }
  return [call]
}

function partiesOf(path: Dependency[], system: System): Parties {
  const callers = [...new Set(path.map(({ from }) => from))].map((id) => system.component(id)!)
  return {
    trigger: system.component(path[0]!.to)!,
    caller: callers[0]!,
    entry: callers.at(-1)!,
    affected: callers,
  }
}

function missingControls(pattern: ChainPattern, call: Dependency, { trigger, caller }: Parties): string[] {
  return pattern.controls.filter((control) =>
    [call.guards, caller.guards, trigger.guards].some((guards) => isMissing(guards[control])),
  )
}
