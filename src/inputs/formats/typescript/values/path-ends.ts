/** Paths in code as far as their end is known: constants, templates and sums of them. */
import type { Resolver } from './resolve.js'
import { bare, ts, type TS } from '../syntax/syntax.js'
import { valueOf } from './values.js'

export interface PathEnd {
  text: string
  /** Nothing that is not known stands before the text. */
  isWhole: boolean
}

export const WHOLE_ROOT: PathEnd = { text: '', isWhole: true }
export const UNKNOWN_PATH: PathEnd = { text: '', isWhole: false }

const MAX_DEPTH = 12

export function pathEndOf(expression: TS.Expression, resolver: Resolver, depth = 0): PathEnd {
  const node = bare(expression)
  if (depth > MAX_DEPTH) return UNKNOWN_PATH
  const inner = (part: TS.Expression): PathEnd => pathEndOf(part, resolver, depth + 1)
  if (ts.isTemplateExpression(node))
    return node.templateSpans.reduce(
      (before, span) => added(added(before, inner(span.expression)), whole(span.literal.text)),
      whole(node.head.text),
    )
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return added(inner(node.left), inner(node.right))
  const found = resolver.resolve(node)
  if (found.or) return UNKNOWN_PATH
  if (found.kind === 'value' && found.node !== node && ts.isExpression(found.node)) return inner(found.node)
  // The default of a parameter is not what every caller gives.
  const value = found.kind === 'parameter' ? null : valueOf(node, resolver)
  if (value?.kind === 'text') return whole(value.value)
  return value?.kind === 'number' && value.note === null ? whole(String(value.value)) : UNKNOWN_PATH
}

/** The path of something that stands under another. */
export function joined(before: PathEnd, path: PathEnd): PathEnd {
  return added(before, path.isWhole ? whole(`/${path.text}`) : path)
}

function added(before: PathEnd, part: PathEnd): PathEnd {
  return part.isWhole ? { text: before.text + part.text, isWhole: before.isWhole } : part
}

function whole(text: string): PathEnd {
  return { text, isWhole: true }
}

/** Each of several once. */
export function distinct(paths: PathEnd[]): PathEnd[] {
  return [...new Map(paths.map((path) => [`${path.isWhole} ${path.text}`, path])).values()]
}
