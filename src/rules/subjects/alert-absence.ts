/** Alerts that fire when series are gone, and which series they look after. */
import type { AlertRule, Matcher, Selector } from '../../facts/alert.js'
import { groupedBy } from '../../facts/grouped.js'
import type { DetectionPolicy } from '../../knowledge/policies.js'
import { isIdentity, listedNames, matches, patternOf } from '../../system/alerts/alerts.js'
import type { Component } from '../../system/component.js'
import { Watchers } from './watchers.js'

type Answer = 'no' | 'unknown' | 'yes'

const ORDER: Answer[] = ['no', 'unknown', 'yes']

export interface Notice {
  noticed: Answer
  /** Selectors that may watch the series, when none surely does: `up{namespace="shop"}`. */
  possible: string[]
}

/** Whom a selector speaks of, as far as that is known. */
interface Target {
  /** Null for one of whom nothing is known. */
  component: Component | null
  /** What the selector calls it, and in which label, unless only a pattern says so; null when it names nobody. */
  named: { name: string; label: string | null } | null
}

/** Of a rule of Grafana: whether something fires when its query gives no series at all. */
export function noticesNoData({ grafana }: AlertRule): boolean {
  return grafana !== undefined && grafana.withoutData !== 'silent'
}

/** Of several sides of an `or` one may still give series. */
function isAboutAbsence(alert: AlertRule): boolean {
  const { functions, vectorOperations } = alert.query
  return (
    functions.some((name) => name.startsWith('absent')) ||
    (noticesNoData(alert) && !vectorOperations.some(({ operator }) => operator === 'or'))
  )
}

export class AbsenceWatch {
  /** Selectors inside absent(), or of a rule of Grafana that fires without data, by metric. */
  readonly #absent: Map<string, Watchers>
  /** Selectors of the health of scrape targets. */
  readonly #health: Watchers
  /** Labels that any of these ask for: what a selector says of others changes no answer. */
  readonly #askedLabels: Set<string>
  /** By what an answer depends on. */
  readonly #known = new Map<string, Notice>()

  constructor(
    alerts: AlertRule[],
    private readonly components: Component[],
    private readonly policy: DetectionPolicy,
  ) {
    const queries = alerts.map(({ query }) => query)
    const absent = alerts.filter(isAboutAbsence).flatMap(({ query }) => query.selectors)
    const byMetric = groupedBy(absent, ({ metric }) => metric)
    this.#absent = new Map([...byMetric].map(([metric, selectors]) => [metric, new Watchers(selectors)]))
    this.#health = new Watchers(
      queries
        .flatMap(({ selectors }) => selectors)
        .filter(({ metric }) => policy.targetHealth.includes(metric)),
    )
    const watchers = [...absent, ...this.#health.all]
    this.#askedLabels = new Set(watchers.flatMap(({ matchers }) => matchers.map(({ label }) => label)))
  }

  /** Whether the loss of a selector's series is noticed; `tied` are the components its alert speaks of. */
  of(selector: Selector, tied: Component[]): Notice {
    const { metric, matchers } = selector
    const isWatched = this.#absent.has(metric) || this.policy.targetHealth.includes(metric)
    const asked = matchers.filter(
      (matcher) => this.#askedLabels.has(matcher.label) || isIdentity(matcher, this.policy),
    )
    const key = JSON.stringify([isWatched ? metric : '', asked, tied.map(({ id }) => id)])
    const known = this.#known.get(key)
    if (known) return known
    const notices = this.#targetGroups(selector, tied).map((targets) => this.#noticeOf(targets, selector))
    const noticed = best(notices.map((each) => each.noticed))
    const possible = noticed === 'unknown' ? notices.flatMap((each) => each.possible) : []
    const notice = { noticed, possible: [...new Set(possible)].sort() }
    this.#known.set(key, notice)
    return notice
  }

  /** One group for each label that names components: any may be the one that scraping gives. Else those the alert is tied to. */
  #targetGroups(selector: Selector, tied: Component[]): Target[][] {
    const identities = selector.matchers.filter((matcher) => isIdentity(matcher, this.policy))
    if (identities.length > 0) return identities.map((matcher) => this.#targetsOf(matcher))
    return [tied.length > 0 ? tied.map((component) => ({ component, named: null })) : [NOBODY]]
  }

  #targetsOf(matcher: Matcher): Target[] {
    const matched = this.components.filter((component) => matches(matcher, component, this.policy))
    const listed = listedNames(matcher)?.map((name) => ({
      component: matched.find((component) => isCalled(component, name)) ?? null,
      named: { name, label: matcher.label },
    }))
    const targets: Target[] =
      listed ?? matched.map((component) => ({ component, named: { name: component.name, label: null } }))
    return targets.length > 0 ? targets : [NOBODY]
  }

  /** Each target may be watched by another alert. Of targets that nothing names, those unwatched may not export the series. */
  #noticeOf(targets: Target[], selector: Selector): Notice {
    const rows = targets.map((target) =>
      this.#watchersOf(target, selector).map((watcher) => ({
        watcher,
        answer: this.#watches(watcher, target, selector),
      })),
    )
    const answers = rows.map((row) => best(row.map(({ answer }) => answer)))
    const isSure = targets.every(({ named }) => named !== null)
    const noticed = isSure || new Set(answers).size === 1 ? worst(answers) : 'unknown'
    const possible = rows.flat().filter(({ answer }) => answer !== 'no')
    return { noticed, possible: noticed === 'unknown' ? possible.map(({ watcher }) => written(watcher)) : [] }
  }

  /** Those that surely ask for another name than the target's are left out. */
  #watchersOf({ named }: Target, { metric, matchers }: Selector): Selector[] {
    const label = named?.label ?? null
    const own = matchers.filter((matcher) => matcher.label === label).map(({ value }) => value)
    return [this.#health, this.#absent.get(metric)].flatMap((watchers) => {
      if (!watchers) return []
      return named === null || label === null ? watchers.all : watchers.of(label, [named.name, ...own])
    })
  }

  /** absent() of the same series needs only no label that says otherwise; `up` has to be seen to be that of the target. */
  #watches(watcher: Selector, target: Target, selector: Selector): Answer {
    const permitted = worst(watcher.matchers.map((matcher) => this.#permits(matcher, target, selector)))
    return watcher.metric === selector.metric && permitted === 'unknown' ? 'yes' : permitted
  }

  /** Whether a watcher's matcher lets the target's series through. */
  #permits(matcher: Matcher, target: Target, selector: Selector): Answer {
    const { label } = matcher
    const own = selector.matchers.filter((other) => other.label === label)
    if (own.some((other) => isSame(other, matcher)) || this.#isAnything(matcher)) return 'yes'
    if (target.named?.label === label) return accepts(matcher, target.named.name)
    if (own.some((other) => listedNames(other) !== null)) return agreement(matcher, own)
    if (this.policy.namespaceLabels.includes(label)) return inNamespace(matcher, target)
    return isIdentity(matcher, this.policy) ? this.#names(matcher, target) : 'unknown'
  }

  /** `.+` asks for the label only: every scrape target has a job. */
  #isAnything({ label, operator, value }: Matcher): boolean {
    const isEverywhere = this.policy.componentLabels.includes(label)
    return operator === '=~' && (value === '.*' || (value === '.+' && isEverywhere))
  }

  /** `job` and `service` may name the same thing: what counts is who is meant. */
  #names(matcher: Matcher, { component, named }: Target): Answer {
    if (component && matches(matcher, component, this.policy)) return 'yes'
    if (named) return accepts(matcher, named.name)
    // An exporter that is no component may be what the series of unnamed ones come from.
    const names = listedNames(matcher)
    const areKnown = names?.every((name) => this.components.some((known) => isCalled(known, name)))
    return areKnown ? 'no' : 'unknown'
  }
}

const NOBODY: Target = { component: null, named: null }

function isCalled({ name, id, aliases }: Component, text: string): boolean {
  return name === text || id === text || aliases.includes(text)
}

function isSame(one: Matcher, other: Matcher): boolean {
  return one.operator === other.operator && one.value === other.value
}

/** Unknown when the pattern cannot be read. */
function accepts({ operator, value }: Matcher, text: string): Answer {
  const isExact = operator === '=' || operator === '!='
  const pattern = isExact ? (name: string) => name === value : patternOf(value)
  if (pattern === null) return 'unknown'
  const isWanted = operator === '=' || operator === '=~'
  return pattern(text) === isWanted ? 'yes' : 'no'
}

function acceptsAll(matcher: Matcher, values: string[]): Answer {
  const answers = new Set(values.map((value) => accepts(matcher, value)))
  return answers.size === 1 ? [...answers][0]! : 'unknown'
}

/** Whether what the selector lists for a label is what the watcher selects by it. */
function agreement(watcher: Matcher, own: Matcher[]): Answer {
  return acceptsAll(
    watcher,
    own.flatMap((other) => listedNames(other) ?? []),
  )
}

/** By the manifests, where the selector itself names no namespace. */
function inNamespace(matcher: Matcher, { component }: Target): Answer {
  return acceptsAll(
    matcher,
    (component?.workloads ?? []).map(({ namespace }) => namespace),
  )
}

function best(answers: Answer[]): Answer {
  return ORDER.findLast((each) => answers.includes(each)) ?? 'no'
}

function worst(answers: Answer[]): Answer {
  return ORDER.find((each) => answers.includes(each)) ?? 'yes'
}

function written({ metric, matchers }: Selector): string {
  const labels = matchers.map(({ label, operator, value }) => `${label}${operator}"${value}"`)
  return labels.length === 0 ? metric : `${metric}{${labels.join(', ')}}`
}
