/** Addresses that are put together: `http://${HOST}:80/path?key=${KEY}`; only what stands before the path says who is called. */
import { bare, ts, type TS } from './syntax.js'

/** Texts and expressions in their order; null for what is not put together. */
function partsOf(node: TS.Node): (string | TS.Expression)[] | null {
  if (ts.isTemplateExpression(node))
    return [
      node.head.text,
      ...node.templateSpans.flatMap(({ expression, literal }) => [expression, literal.text]),
    ]
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return [node.left, node.right].flatMap((side) => {
      const inner = bare(side)
      return ts.isStringLiteralLike(inner) ? [inner.text] : (partsOf(inner) ?? [inner])
    })
  return null
}

/** The expressions among which the host is, of an address that is put together; null for others. */
export function hostParts(node: TS.Node): TS.Expression[] | null {
  if (ts.isNewExpression(node) && node.expression.getText() === 'URL')
    return [...(node.arguments ?? [])].slice(-1)
  const parts = partsOf(node)
  if (!parts) return null
  const hosts: TS.Expression[] = []
  let before = ''
  for (const part of parts) {
    if (isPastHost(before) || (typeof part !== 'string' && before !== '' && !before.includes('://'))) break
    // What stands before an @ is a user and a password.
    if (typeof part === 'string' && part.includes('@')) hosts.length = 0
    if (typeof part !== 'string') hosts.push(part)
    before += typeof part === 'string' ? part : '_'
  }
  return hosts
}

/** A path, a query or a fragment has begun. */
function isPastHost(address: string): boolean {
  return /[/?#]/.test(address.replace(/^[^:/?#]*:\/\//, ''))
}
