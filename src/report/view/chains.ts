/** Failure chains as documents show them: what happens, what is missing, would we notice, did we try, how fast is recovery. */
import { vocabulary } from '../../knowledge/policies.js'
import type { Chain, Result } from '../result.js'
import { compareText } from '../../facts/source.js'
import { viewAlertTimes } from './alert-times.js'
import { placeOf, type FindingIndex } from './findings.js'
import { viewDetection, viewSilent } from './detection.js'
import { decimal, duration } from './figures.js'
import { cut, tally } from './lists.js'
import { PRIORITIES, words, type Names, type Reference } from './names.js'
import { viewRecovery } from './recovery.js'
import { viewTrials } from './trials.js'

type Dependency = Result['system']['dependencies'][number]

export const chainStates = ['FAILED', 'UNTESTED', 'PLANNED', 'STALE', 'PARTIAL', 'TESTED'] as const

/** Chains told in full; nobody reads more, and the order puts the gravest first. */
const CARDS = 40

/** Enough to see what a link rests on; `report.json` has all. */
const PLACES_PER_LINK = 8

/**
 * Guards that are not there on the dependency that a link runs along, whichever way the failure travels; those that the chain
 * needs stand first.
 */
function gapsOnLink(result: Result, { missing }: Chain, link: Chain['links'][number]): string[] {
  const gaps = along(result, link)
    .flatMap(({ guards, partly }) =>
      Object.entries(guards).map(([name, guard]) => ({ name, guard, some: partly[name] })),
    )
    .filter(({ guard }) => guard.state === 'absent' || guard.state === 'inert')
    .sort((a, b) => placeIn(missing, a.name) - placeIn(missing, b.name) || compareText(a.name, b.name))
    .map(({ name, guard, some }) => {
      if (some) return `no ${protection(name)} ${at(some.lacks.length, some)}`
      return guard.state === 'inert' ? `${protection(name)} inert` : `no ${protection(name)}`
    })
  return [...new Set(gaps)]
}

/** Of what is not listed: behind all that is. */
function placeIn(list: string[], name: string): number {
  const place = list.indexOf(name)
  return place === -1 ? list.length : place
}

function along(result: Result, link: Chain['links'][number] | undefined): Dependency[] {
  return result.system.dependencies.filter(
    ({ from, to }) => (from === link?.from && to === link.to) || (from === link?.to && to === link.from),
  )
}

/** `at 1 of 2 calls` */
export function at(count: number, { has, lacks }: Dependency['partly'][string]): string {
  return `at ${count} of ${has.length + lacks.length} calls`
}

/** A protection that some calls of the first link have is not missing at all of them. */
function missingOf(result: Result, { missing, links }: Chain): string[] {
  const partly = Object.assign(
    {},
    ...along(result, links[0]).map((one) => one.partly),
  ) as Dependency['partly']
  return missing.map((name) =>
    partly[name] ? `${protection(name)} ${at(partly[name].lacks.length, partly[name])}` : protection(name),
  )
}

export function viewChains(result: Result, findings: FindingIndex, names: Names) {
  return names.chains.map(({ chain, reference }, index) => ({
    ...viewChain(result, chain, reference, findings, names),
    card: chain.priority !== 'low' && index < CARDS,
  }))
}

export type ChainView = ReturnType<typeof viewChain>

function viewChain(result: Result, chain: Chain, reference: Reference, findings: FindingIndex, names: Names) {
  const runIds = new Set(chain.runs.filter((run) => run.counts).map((run) => run.run))
  return {
    ...reference,
    key: chain.id,
    pattern: words(chain.pattern),
    state: chain.state,
    untold: chain.untold,
    priority: chain.priority,
    priorityBasis: chain.priorityBasis,
    trigger: { component: names.component(chain.trigger.component), fault: words(chain.trigger.fault) },
    links: chain.links.map((link, index) => ({
      number: index + 1,
      from: names.component(link.from),
      to: names.component(link.to),
      mechanism: link.mechanism,
      assumption: link.assumption,
      limits: link.limits,
      gaps: gapsOnLink(result, chain, link),
      evidence: cut(
        link.evidence.map((source) => ({ place: placeOf(source), finding: findings.at(placeOf(source)) })),
        PLACES_PER_LINK,
      ),
    })),
    linksCovered: chain.linksCovered,
    loop: chain.loop,
    sustainedBy: chain.sustainedBy,
    amplification: {
      worst: decimal(chain.amplification.worst, 2),
      /** Of a chain whose calls only wait it tells what would be, and stands in no table. */
      waits: !chain.retried && (chain.amplification.worst ?? 1) > 1,
      expected: decimal(chain.amplification.expected, 2),
      reason: chain.amplification.reason,
    },
    ...viewBudget(chain.budget),
    missing: missingOf(result, chain),
    findings: findings.ofChain(chain.id),
    detection: {
      ...viewDetection(chain),
      silent: viewSilent(chain, findings),
      times: viewAlertTimes(result, names, runIds),
    },
    impact: {
      direct: chain.impact.direct.map(names.component),
      secondary: chain.impact.secondary.map(names.component),
      tertiary: chain.impact.tertiary.map(names.component),
      without: chain.impact.without.map(({ component, places }) => ({
        component: names.component(component),
        places: cut(places.map(placeOf), PLACES_PER_LINK),
      })),
    },
    ...viewTrials(chain, names),
    recovery: result.recovery
      .filter(({ runs }) => runs.some((run) => runIds.has(run)))
      .map((group) => viewRecovery(group, names)),
    experiment: chain.experiment,
  }
}

/** One number, or the bounds over the calls that may meet. */
function viewBudget({ slackSeconds, atLeastSeconds, atMostSeconds, reason }: Chain['budget']) {
  return {
    slack: duration(slackSeconds),
    slackRange:
      slackSeconds === null && atLeastSeconds !== null && atMostSeconds !== null
        ? { least: duration(atLeastSeconds), most: duration(atMostSeconds), reason }
        : null,
    inverted: atMostSeconds !== null ? atMostSeconds < 0 : slackSeconds !== null && slackSeconds < 0,
  }
}

/** A pattern as the name of what protects. */
export function protection(pattern: string): string {
  return vocabulary().protections[pattern] ?? words(pattern)
}

/** How many chains of each priority only the table tells of. */
export function viewPlain(chains: readonly { card: boolean; priority: Chain['priority'] }[]) {
  const plain = chains.filter(({ card }) => !card)
  return {
    total: plain.length,
    priorities: tally(
      PRIORITIES,
      plain.map(({ priority }) => priority),
    ).filter(({ count }) => count > 0),
  }
}
