/** Tells LogQL, TraceQL and MetricsQL from PromQL: their rule files have the same shape. */
import type { Query } from '../../facts/alert.js'
import { queryLanguages } from '../../knowledge/alerts/query-languages.js'
import { placeholderIn } from './placeholders.js'
import { parseQuery } from './query.js'

/** A pipeline or line filter behind a stream selector: `{app="x"} |= "error"`, `{ status = error } | rate()`. */
const PIPELINE =
  /\}\s*(\|[=~>]?\s*["`\w]|!=\s*["`]|!~\s*["`])|\{[^}]*(\b(span|resource|trace)\.|&&|\bstatus\s*=\s*error)[^}]*\}/
/** A range of whatever has the labels: lines of logs, where PromQL would name a metric. */
const NAMELESS_RANGE = /\(\s*\{(?![^}]*__name__)(?!\s*["'])[^}]*\}\s*\[/

export function isForeignQuery(expression: string): boolean {
  if (NAMELESS_RANGE.test(expression)) return true
  const isLog = expression.includes('{') && calls(queryLanguages().logql.functions, expression) !== null
  const isOther = PIPELINE.test(expression) || isLog
  return isOther && parseQuery(expression).syntaxError?.kind === 'syntax'
}

/** A word of MetricsQL in what Prometheus refuses; null where there is none. */
export function metricsqlWordIn(expression: string): string | null {
  const { functions, operators } = queryLanguages().metricsql
  if (parseQuery(expression).syntaxError === null) return null
  const bare = expression.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`/g, '""')
  if (/^\s*WITH\s*\(/i.test(bare)) return 'WITH'
  const operator = operators.find((name) => new RegExp(`[\\w)\\]}]\\s+${name}\\b(?!\\s*[=!,}])`).test(bare))
  return calls(functions, bare) ?? operator ?? null
}

/** Of an expression of MetricsQL what PromQL refuses is not judged. */
export function asMetricsql(query: Query, expression: string): Query {
  if (query.syntaxError === null) return query
  const word = metricsqlWordIn(expression)
  const message = word === null ? 'MetricsQL, not judged' : `MetricsQL, not judged: PromQL has no ${word}`
  return { ...query, syntaxError: { kind: 'not-analysed', message, offset: query.syntaxError.offset } }
}

/** What PromQL refuses is not judged where something is still to be filled in. */
export function asFilledIn(query: Query, expression: string): Query {
  if (query.syntaxError?.kind !== 'syntax') return query
  const placeholder = placeholderIn(expression, 'anywhere')
  if (placeholder === null) return query
  const message = `${placeholder} has to be substituted before Prometheus reads it`
  return { ...query, syntaxError: { ...query.syntaxError, kind: 'not-analysed', message } }
}

/** The first of the functions that an expression calls. */
function calls(functions: string[], expression: string): string | null {
  const called = [...expression.matchAll(/([A-Za-z_]\w*)\s*\(/g)].map((match) => match[1]!.toLowerCase())
  return called.find((name) => functions.includes(name)) ?? null
}
