/**
 * Whether a threshold held. The two forms of a summary mean opposite things by `true`: in `--summary-export` that it was
 * breached (grafana/k6#1498), in `handleSummary` `ok: true` that it held. What is of neither form is unknown.
 */
import type { LoadThreshold } from '../../../facts/load-result.js'
import type { Field } from '../../field.js'
import { isMapping } from '../../chaos-tools/document.js'

const EXPRESSION =
  /^\s*(p\(\s*\d+(?:\.\d+)?\s*\)|avg|min|max|med|count|rate|value)\s*(<=?|>=?|===?|!==?)\s*(-?\d+(?:\.\d+)?)\s*$/

/** Of every metric, in the order of the file. */
export function readThresholds(root: Field): LoadThreshold[] {
  const isHandled = Array.isArray(root.get('root_group', 'checks').value)
  return root
    .get('metrics')
    .entries()
    .flatMap(([metric, at]) => {
      const thresholds = at.get('thresholds')
      if (!isMapping(thresholds)) return []
      const isOfHandler = isMapping(at.get('values')) || isHandled
      return thresholds.entries().map(([expression, outcome]) => {
        const told = outcomeOf(outcome, isOfHandler)
        return { metric, expression, ...(told.reason === null ? checked(told, at, expression) : told) }
      })
    })
}

type Told = Pick<LoadThreshold, 'state' | 'reason'>

function outcomeOf(outcome: Field, isOfHandler: boolean): Told {
  const ok = outcome.get('ok').value
  if (typeof ok === 'boolean') return { state: ok ? 'held' : 'breached', reason: null }
  if (typeof outcome.value !== 'boolean')
    return unknown('the file does not say in a form of k6 whether it held')
  if (isOfHandler)
    return unknown('true means breached in one form of k6 and held in the other, and the file mixes the two')
  return { state: outcome.value ? 'breached' : 'held', reason: null }
}

/** The metric's own numbers may show that there was nothing to judge, or that the file says the opposite. */
function checked(told: Told, metric: Field, expression: string): Told {
  const values = isMapping(metric.get('values')) ? metric.get('values') : metric
  if (isEmptyRate(values)) return unknown('nothing was measured: k6 lets a threshold hold over no sample')
  const holds = holdsFor(expression, values)
  if (holds === null || holds === (told.state === 'held')) return told
  return unknown(`the file says ${told.state}, its own numbers say ${holds ? 'held' : 'breached'}`)
}

function isEmptyRate(values: Field): boolean {
  return values.get('passes').value === 0 && values.get('fails').value === 0
}

/** Null when the expression or the number is of another kind. */
function holdsFor(expression: string, values: Field): boolean | null {
  const match = EXPRESSION.exec(expression)
  if (!match) return null
  const [, aggregate, operator, limit] = match
  const key = aggregate!.replace(/\s/g, '')
  // A rate is called `value` in the one form; what is called `rate` of a counter is one per second.
  const at = key === 'rate' && values.get('passes').exists && !values.get('rate').exists ? 'value' : key
  const value = values.get(at).value
  return typeof value === 'number' ? compare(value, operator!, Number(limit)) : null
}

function compare(value: number, operator: string, limit: number): boolean {
  if (operator === '<') return value < limit
  if (operator === '<=') return value <= limit
  if (operator === '>') return value > limit
  if (operator === '>=') return value >= limit
  return operator.startsWith('!') ? value !== limit : value === limit
}

function unknown(reason: string): Told {
  return { state: 'unknown', reason }
}
