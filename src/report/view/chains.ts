/** Failure chains as documents show them: what happens, what is missing, would we notice, did we try, how fast is recovery. */
import type { Chain, Result } from '../result.js'
import { placeOf, type FindingIndex } from './findings.js'
import { viewDetection } from './detection.js'
import { decimal, duration } from './figures.js'
import { cut, groupBy, tally } from './lists.js'
import { PRIORITIES, type Names, type Reference } from './names.js'
import { viewRecovery } from './recovery.js'

type Dependency = Result['system']['dependencies'][number]

export const chainStates = ['FAILED', 'UNTESTED', 'PLANNED', 'STALE', 'PARTIAL', 'TESTED'] as const

/** Chains told in full; nobody reads more, and the order puts the gravest first. */
const CARDS = 40

/** Enough to see what a link rests on; `report.json` has all. */
const PLACES_PER_LINK = 8

/** Guards that are not there on the dependency that a link runs along, whichever way the failure travels. */
function gapsOnLink(result: Result, link: Chain['links'][number]): string[] {
  const gaps = along(result, link).flatMap(({ guards, partly }) =>
    Object.entries(guards)
      .filter(([, guard]) => guard.state === 'absent' || guard.state === 'inert')
      .map(([name, guard]) => {
        const some = partly[name]
        if (some) return `no ${words(name)} ${at(some.lacks.length, some)}`
        return guard.state === 'inert' ? `${words(name)} inert` : `no ${words(name)}`
      }),
  )
  return [...new Set(gaps)].sort()
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
    partly[name] ? `${words(name)} ${at(partly[name].lacks.length, partly[name])}` : words(name),
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
      gaps: gapsOnLink(result, link),
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
      expected: decimal(chain.amplification.expected, 2),
      reason: chain.amplification.reason,
    },
    ...viewBudget(chain.budget),
    missing: missingOf(result, chain),
    findings: findings.ofChain(chain.id),
    detection: viewDetection(chain),
    impact: {
      direct: chain.impact.direct.map(names.component),
      secondary: chain.impact.secondary.map(names.component),
      tertiary: chain.impact.tertiary.map(names.component),
      without: chain.impact.without.map(({ component, places }) => ({
        component: names.component(component),
        places: cut(places.map(placeOf), PLACES_PER_LINK),
      })),
    },
    runs: viewRuns(chain, names),
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

/** `pool-acquire-timeout` as people say it. */
export function words(name: string): string {
  return name.replaceAll('-', ' ')
}

/** Runs that count, or do not, for the same reason share a line. */
function viewRuns({ runs }: Chain, names: Names) {
  return groupBy(runs, ({ counts, why }) => `${counts}\n${why}`).flatMap(({ items: [first, ...rest] }) =>
    first === undefined
      ? []
      : {
          counts: first.counts,
          why: first.why,
          runs: [first, ...rest].map(({ run }) => ({ run, reference: names.run(run) })),
        },
  )
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
