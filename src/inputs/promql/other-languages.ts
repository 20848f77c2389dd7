/** Tells LogQL and TraceQL from PromQL: their rule files have the same shape. */
import { parseQuery } from './query.js'

/** A pipeline or line filter behind a stream selector: `{app="x"} |= "error"`, `{ status = error } | rate()`. */
const PIPELINE =
  /\}\s*(\|[=~>]?\s*["`\w]|!=\s*["`]|!~\s*["`])|\{[^}]*(\b(span|resource|trace)\.|&&|\bstatus\s*=\s*error)[^}]*\}/

export function isForeignQuery(expression: string): boolean {
  return PIPELINE.test(expression) && parseQuery(expression).syntaxError?.kind === 'syntax'
}
