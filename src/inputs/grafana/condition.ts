/**
 * What the condition of a Grafana rule asks, as PromQL: from the expression that it names back to the one query that it stands
 * on. What PromQL does not say exactly is not translated. Checked in pkg/expr of Grafana 12.1.
 */
import type { Query } from '../../facts/alert.js'
import { grafana } from '../../knowledge/alerts/grafana.js'
import type { Field } from '../field.js'
import { isForeignQuery } from '../promql/other-languages.js'
import { parseQuery } from '../promql/query.js'

export interface Condition {
  /** Empty where it was not translated: the query is `not-analysed`, with why. */
  expression: string
  query: Query
  /** Where the query is written; null where the rule stands on none, or on several. */
  at: Field | null
  /** By how much it looks back. */
  offsetSeconds: number
}

/** Types of data sources by their uids, as far as they were read. */
export type SourceTypes = ReadonlyMap<string, string>

/** `series`: each as many values as it has points, which Grafana cannot alert on. */
type Step =
  | { is: 'series' | 'numbers' | 'presence'; text: string; from: Field }
  | { is: 'condition'; text: string; from: Field; dropsLabels?: boolean }
  | { is: 'unknown'; why: string; from: Field | null }

/** Of an alert, what fires; of a recording rule, what is recorded. */
export function conditionOf(rule: Field, refId: string | null, sources: SourceTypes): Condition {
  return analysed(asCondition(new Steps(rule, sources).of(refId)))
}

export function recordedBy(rule: Field, refId: string | null, sources: SourceTypes): Condition {
  const step = new Steps(rule, sources).of(refId)
  return analysed(step.is === 'presence' ? unknown('it records whether there are values', step.from) : step)
}

/** Any value but 0 fires. */
function asCondition(step: Step): Step {
  if (step.is === 'series') return unknown('nothing reduces the range query of its condition', step.from)
  if (step.is === 'numbers') return { ...step, is: 'condition', text: `${enclosed(step.text)} != 0` }
  return step.is === 'presence' ? { ...step, is: 'condition' } : step
}

class Steps {
  readonly #queries: Map<string, Field>

  constructor(
    rule: Field,
    private readonly sources: SourceTypes,
  ) {
    const items = rule.get('data').items()
    this.#queries = new Map(items.map((item) => [item.get('refId').text() ?? '', item]))
  }

  /** Bounded: expressions may name each other in a circle. */
  of(refId: string | null, depth = 0): Step {
    const item = refId === null ? undefined : this.#queries.get(refId)
    if (!item) return unknown(`it names ${refId ?? 'no query'}, which is none of its queries`, null)
    if (depth > MAX_STEPS) return unknown('its expressions stand on each other', null)
    const model = item.get('model')
    if (!grafana().expressionSources.includes(uidOf(item) ?? '')) return this.#queried(item)
    const before = (): Step => this.of(nameIn(model.get('expression').text()), depth + 1)
    switch (model.get('type').text()) {
      case 'threshold':
        return compared(before(), model.get('conditions'))
      case 'reduce':
        return reduced(before(), model)
      case 'math':
        return this.#computed(model.get('expression').text() ?? '', depth)
      case 'classic_conditions':
        return this.#classic(model.get('conditions'), depth)
      default:
        return unknown(`its condition is computed by an expression of type ${model.get('type').text()}`, null)
    }
  }

  #queried(item: Field): Step {
    const model = item.get('model')
    const type = this.sources.get(uidOf(item) ?? '') ?? model.get('datasource', 'type').text()
    const text = model.get('expr').text()?.trim() ?? ''
    if (type !== null && !grafana().promqlSources.includes(type))
      return unknown(`it queries a data source of type ${type}, not PromQL`, item)
    if (text === '') return unknown('its query is not PromQL', item)
    if (isForeignQuery(text)) return unknown('its query is LogQL or TraceQL, not PromQL', item)
    // A range query where neither is written (pkg/promlib/models/query.go).
    const isInstant = model.get('instant').value === true && model.get('range').value !== true
    return { is: isInstant ? 'numbers' : 'series', text, from: item }
  }

  /** Of mathematics only a comparison with a number, and what Grafana writes when it imports rules of Prometheus. */
  #computed(expression: string, depth: number): Step {
    const comparison = COMPARISON.exec(expression)
    const presence = PRESENCE.exec(expression)
    if (comparison) {
      const [, name, operator, value] = comparison
      return comparedWith(this.of(name!, depth + 1), [{ operator: operator!, value: Number(value) }], 'and')
    }
    if (!presence) return unknown('its condition is computed by a math expression', null)
    const step = this.of(presence[1]!, depth + 1)
    return step.is === 'numbers'
      ? { ...step, is: 'presence' }
      : doubtful(step, 'its condition is computed by a math expression')
  }

  /** Whichever series fires, it is one alert without the labels of any. */
  #classic(conditions: Field, depth: number): Step {
    const [condition, ...others] = conditions.items()
    if (!condition || others.length > 0) return unknown('it has several classic conditions', null)
    const name = condition.get('query', 'params').items()[0]?.text() ?? null
    const step = this.of(name, depth + 1)
    const reducer = condition.get('reducer', 'type').text()
    const value = step.is === 'series' ? reducedBy(step, reducer) : step
    const result = compared(value, conditions)
    return result.is === 'condition' ? { ...result, dropsLabels: true } : result
  }
}

const MAX_STEPS = 10
const NUMBER = String.raw`-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?`
const COMPARISON = new RegExp(String.raw`^\s*\$\{?([\w-]+)\}?\s*(>=|<=|==|!=|>|<)\s*(${NUMBER})\s*$`)
/** `is_number($query) || is_nan($query) || is_inf($query)` (pkg/services/ngalert/prom/convert.go). */
const PRESENCE =
  /^\s*is_number\(\$\{?([\w-]+)\}?\)\s*\|\|\s*is_nan\(\$\{?\1\}?\)\s*\|\|\s*is_inf\(\$\{?\1\}?\)\s*$/

function nameIn(expression: string | null): string | null {
  return expression?.trim().replace(/^\$\{?([\w-]+)\}?$/, '$1') ?? null
}

function uidOf(item: Field): string | null {
  return item.get('datasourceUid').text() ?? item.get('model', 'datasource', 'uid').text()
}

/** Of single values a reduction takes each as it is. */
function reduced(step: Step, model: Field): Step {
  if (model.get('settings', 'mode').text() === 'replaceNN' && step.is !== 'unknown')
    return unknown('it replaces what is not a number by a number', step.from)
  return step.is === 'series' ? reducedBy(step, model.get('reducer').text()) : step
}

function reducedBy(step: Extract<Step, { text: string }>, reducer: string | null): Step {
  if (reducer === 'last') return { is: 'numbers', text: step.text, from: step.from }
  return unknown(`it takes the ${reducer ?? 'reduction'} of a range query`, step.from)
}

function compared(step: Step, conditions: Field): Step {
  const [condition, ...others] = conditions.items()
  const type = condition?.get('evaluator', 'type').text() ?? ''
  const [first, second] = condition?.get('evaluator', 'params').items().map(numberIn) ?? []
  const { comparisons, ranges } = grafana()
  if (others.length > 0) return doubtful(step, 'its threshold has several conditions')
  if (Object.hasOwn(comparisons, type) && isNumber(first))
    return comparedWith(step, [{ operator: comparisons[type]!, value: first }], 'and')
  if (Object.hasOwn(ranges, type) && isNumber(first) && isNumber(second)) {
    const range = ranges[type]!
    const bounds = [
      { operator: range.first, value: first },
      { operator: range.second, value: second },
    ]
    return comparedWith(step, bounds, range.joined)
  }
  return doubtful(step, `its threshold (${type || 'none'}) is not known here`)
}

interface Bound {
  operator: string
  value: number
}

function comparedWith(step: Step, bounds: Bound[], joined: 'and' | 'or'): Step {
  if (step.is === 'unknown') return step
  const [{ operator, value }] = bounds as [Bound]
  // Of what is there the value is 1, as it is of what a condition lets through; of the rest it is 0.
  if (step.is === 'presence' || step.is === 'condition')
    return bounds.length === 1 && operator === '>' && value >= 0 && value < 1
      ? { ...step, is: 'condition' }
      : unknown('it compares the result of a comparison', step.from)
  if (step.is === 'series') return unknown('nothing reduces the range query of its condition', step.from)
  const inner = enclosed(step.text)
  const written = bounds.map((bound) => `${bound.operator} ${bound.value}`)
  const text =
    joined === 'and' ? chained(inner, written) : written.map((one) => `${inner} ${one}`).join(' or ')
  return { is: 'condition', text, from: step.from }
}

function chained(inner: string, [first, ...others]: string[]): string {
  return others.reduce((text, one) => `(${text}) ${one}`, `${inner} ${first}`)
}

/** A comment at its end would swallow the bracket. */
function enclosed(text: string): string {
  return text.includes('#') ? `(${text}\n)` : `(${text})`
}

function numberIn({ value }: Field): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

function isNumber(value: number | null | undefined): value is number {
  return value !== null && value !== undefined
}

function unknown(why: string, from: Field | null): Step {
  return { is: 'unknown', why, from }
}

/** What stands before it may say more. */
function doubtful(step: Step, why: string): Step {
  return step.is === 'unknown' ? step : unknown(why, step.from)
}

function analysed(step: Step): Condition {
  const at = step.from
  const offsetSeconds = at?.get('relativeTimeRange', 'to').number() ?? 0
  if (step.is === 'unknown') return { expression: '', query: notAnalysed(step.why), at, offsetSeconds }
  const fault = faultIn(at!.get('model', 'expr').text()?.trim() ?? '') ?? faultIn(step.text)
  if (fault !== null) return { expression: '', query: notAnalysed(fault), at, offsetSeconds }
  const query = parseQuery(step.text)
  const dropsLabels = step.is === 'condition' && step.dropsLabels === true
  return {
    expression: step.text,
    query: dropsLabels ? { ...query, keptLabels: [] } : query,
    at,
    offsetSeconds,
  }
}

/** What answers may take more than Prometheus does, such as MetricsQL; and Grafana fills in its own variables before it asks. */
function faultIn(text: string): string | null {
  const { syntaxError } = parseQuery(text)
  if (syntaxError === null) return null
  const variable = /\$\{?__\w+\}?/.exec(text)?.[0]
  if (variable !== undefined) return `Grafana fills in ${variable} before it queries`
  return `Prometheus itself would refuse the query: ${syntaxError.message}`
}

function notAnalysed(message: string): Query {
  return { ...parseQuery(''), syntaxError: { kind: 'not-analysed', message, offset: 0 } }
}
