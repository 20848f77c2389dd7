/** What can be seen in alert rules of Prometheus and of Grafana, and in the configuration of Prometheus. Durations are seconds. */
import type { Source } from './source.js'
import type { PeerIgnore } from './suppression.js'

export interface AlertRule {
  fact: 'alert'
  source: Source
  at: Record<string, Source>
  name: string
  group: string
  /** Evaluation interval of the group; null when the file leaves it to Prometheus. */
  intervalSeconds: number | null
  expression: string
  query: Query
  /** 0 when omitted: the alert fires at the first evaluation. */
  forSeconds: number
  forWritten: boolean
  keepFiringForSeconds: number
  /** By how much the evaluation of its group looks back (`query_offset`). */
  queryOffsetSeconds: number
  labels: Record<string, string>
  /** Labels that the operator gives the alert beside these, with values that only the cluster knows; missing where there are none. */
  openLabels?: string[]
  annotations: Record<string, string>
  templates: AlertTemplates
  ignores: Record<string, string>
  /** What other tools are asked to leave out of it; missing where nothing is. */
  peerIgnores?: PeerIgnore[]
  /** Of a rule that Grafana evaluates and routes itself: neither Prometheus nor Alertmanager sees it. */
  grafana?: GrafanaRule
}

export interface GrafanaRule {
  /** Its organisation, of which the policies route it. */
  org: string
  /** When its query gives no series at all: it fires, another alert fires in its place, or nothing does. */
  withoutData: 'fires' | 'notifies' | 'silent'
  /** Where it is sent by itself, past the policies; null where they decide. */
  route: OwnRoute | null
}

/** What it leaves out is taken from the root of the policies. */
export interface OwnRoute {
  source: Source
  receiver: string
  groupBy: string[] | null
  groupWaitSeconds: number | null
  groupIntervalSeconds: number | null
  mutedIn: string[]
  activeIn: string[]
}

/** Labels and annotations that are templates, by their names. */
export interface AlertTemplates {
  labels: Record<string, AlertTemplate>
  annotations: Record<string, AlertTemplate>
}

/** What a text of Go's text/template asks for. */
export interface AlertTemplate {
  /** Why Prometheus refuses it; null where it does not. */
  error: string | null
  /** A field that the data of an alert does not have, as `.labels`: the text becomes an error when the alert fires. */
  wrongField: string | null
  /** Why it is not judged: it is filled in by something else first, or written for another tool. Null where it is. */
  notJudged: string | null
  /** Labels of the series that it prints or looks at. */
  labels: string[]
  /** The value of the expression is printed, by itself or formatted; not only compared. */
  printsValue: boolean
}

export interface RecordingRule {
  fact: 'recording'
  source: Source
  at: Record<string, Source>
  name: string
  group: string
  /** Evaluation interval of the group; null when the file leaves it to Prometheus. */
  intervalSeconds: number | null
  /** Static labels that the rule adds. */
  labels: Record<string, string>
  expression: string
  query: Query
  ignores: Record<string, string>
}

/** Rules that are evaluated one after the other, at one interval. */
export interface RuleGroup {
  fact: 'rule-group'
  source: Source
  at: Record<string, Source>
  name: string
  /** Place of an earlier group of the same name in the same file or object; null for the first. */
  namedBefore: Source | null
  /** Null when the file leaves it to Prometheus. */
  intervalSeconds: number | null
  /** Names of its alerts, and of the series that it records, in order. */
  alerts: string[]
  records: string[]
  /** A VMRule stands for all that another server than Prometheus reads; what Grafana evaluates itself aside. */
  holder: 'file' | 'PrometheusRule' | 'VMRule' | 'Grafana'
  /** Why Prometheus refuses the file, or the operator the object: not the expressions, and not the templates. */
  refusals: Refusal[]
  ignores: Record<string, string>
}

/** Something written that is refused; `doubt`: why it may be taken after all, null where nothing speaks for that. */
export interface Refusal {
  source: Source
  message: string
  doubt: string | null
}

/** A parsed PromQL expression, reduced to what rules and joins ask. */
export interface Query {
  /**
   * Null when Prometheus can evaluate it. `offset` counts characters from the start of the expression. Of what is
   * `not-analysed` Prometheus, or another version of it, may think differently.
   */
  syntaxError: { kind: 'syntax' | 'type' | 'not-analysed'; message: string; offset: number } | null
  selectors: Selector[]
  /** Seconds of each range selector. */
  windows: number[]
  /** Of each of the selectors, in their order: seconds of its range and of all subqueries around it. */
  spans: number[]
  /** Seconds that all it looks at lies back at least, by `offset`. */
  offsetSeconds: number
  functions: string[]
  /** The outermost comparison with a number, if there is one: `> 0.05`. */
  threshold: { operator: string; value: number; left: string } | null
  compared: Compared | null
  /** Metric of which the values themselves, as they are or aggregated, are compared with the threshold; null for any other. */
  comparedSeries: string | null
  /** Seconds of the span of time that decides whether the condition holds: `time() - last_success > 90000`. Null where there is none. */
  comparedAge: number | null
  /** Whether the condition can be met at all, and be missed, by the values that what it compares can have. */
  fires: 'never' | 'always' | 'depends'
  /** Metrics whose rate or increase is taken: counters. */
  rated: string[]
  /** Seconds of the ranges of functions that need two samples, such as rate(). */
  rateWindows: number[]
  /** Patterns of matchers that match something else than is written, each with why; and variables that were not filled in. */
  mismatches: string[]
  variables: string[]
  /** topk() and its like, where their choice decides which alerts there are. */
  samplings: string[]
  /** Divisors inside of a sum or mean that can be zero; whether it surely takes several of them together. */
  poisons: { divisor: string; severalTargets: boolean }[]
  /** What an absent() asks of several series at once. */
  jointAbsences: string[]
  /** What predict_linear() looks at, and how far ahead, in seconds. */
  forecasts: { windowSeconds: number; horizonSeconds: number }[]
  /** False when no comparison, absent() or unless/and decides whether the alert fires: it fires whenever the series exist. */
  hasCondition: boolean
  /** Binary operations between two vectors. */
  vectorOperations: {
    operator: string
    hasMatching: boolean
    left: Selector[]
    right: Selector[]
    leftAggregates: boolean
    rightAggregates: boolean
  }[]
  /** Why the expression can never give anything: its matchers or bounds exclude each other. Null where it may. */
  emptyReason: string | null
  /** Whatever fires has the same value: `up == 0`. */
  valueIsConstant: boolean
  /** Operations that have to match and cannot. */
  brokenJoins: Flaw[]
  /** Parts that do nothing, such as a branch of `or` that never gives anything. */
  idleParts: Flaw[]
  /** Labels kept by the outermost aggregation: null when nothing aggregates, [] when everything is aggregated away. */
  keptLabels: string[] | null
}

/** Something in an expression that cannot do what it is written for. */
export interface Flaw {
  reason: string
  /** It holds unless a rule records these series: then they lack the labels that scraping gives. */
  scraped: string[]
  /** It holds unless relabelling has dropped these labels of a target. */
  assumed: string[]
  /** False where it builds on labels that the expression only speaks of. */
  isCertain: boolean
}

/** What the threshold is compared with, where that is one function of one selector, as it is or aggregated once. */
export interface Compared {
  function: string
  metric: string
  aggregation: string | null
  /** Labels that the aggregation keeps; null when it does not list them. */
  by: string[] | null
}

export interface Selector {
  metric: string
  matchers: Matcher[]
}

/** Patterns match a whole value, as Prometheus anchors them; a label that is not there has an empty value. */
export interface Matcher {
  label: string
  operator: '=' | '!=' | '=~' | '!~'
  value: string
}

/** An entry of `scrape_configs`: its name is the `job` label of every series it collects, unless relabelling changes it. */
export interface ScrapeJob {
  fact: 'scrape-job'
  source: Source
  name: string
  /** Null when the job leaves it to the global one. */
  scrapeIntervalSeconds: number | null
  /** Labels that it writes itself; a value of null is taken from what is discovered. */
  writes: WrittenLabel[]
  /** An object of its own, as ServiceMonitors are: it stands in no configuration. */
  byMonitors?: true
}

/** A label that scraping gives the series; `*` is any label. */
export interface WrittenLabel {
  label: string
  value: string | null
}

/** `global` of prometheus.yml, or what a Prometheus object says of it; null is what it leaves to the defaults of Prometheus. */
export interface ScrapeDefaults {
  fact: 'scrape-defaults'
  source: Source
  scrapeIntervalSeconds: number | null
  evaluationIntervalSeconds: number | null
  /** Labels that it adds to every alert. */
  externalLabels: string[]
  /** It scrapes by ServiceMonitors and their like, not by jobs of the same file. */
  byMonitors?: true
}

export type AlertFact = AlertRule | RecordingRule | RuleGroup | ScrapeJob | ScrapeDefaults
