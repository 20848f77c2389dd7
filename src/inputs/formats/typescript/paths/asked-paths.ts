/** Which path a call asks its target for, as far as it is written: `/v1/orders/*` of `${base}/v1/orders/${id}`. */
import type { OutboundCall, Survey } from '../survey/survey.js'
import { bare, ts, type TS } from '../syntax/syntax.js'
import { valueOf } from '../values/values.js'

const OPEN = '*'
const HOST = /^[a-z][a-z0-9+.-]*:\/\/[^/]*/i

/** With its method in capitals where that is the name of the call; null where no path is written. */
export function askedPath({ node, method, client }: OutboundCall, survey: Survey): string | null {
  if (client.library.protocol !== 'http') return null
  const [address] = node.arguments
  if (!address || ts.isObjectLiteralExpression(bare(address))) return null
  const text = written(address, survey)
    .replace(HOST, '')
    .replace(/^\*+/, '')
    .replace(/[?#].*$/, '')
  if (!text.startsWith('/') || text.includes('**')) return null
  return `${verbOf(method, node.arguments[1])} ${text}`
}

/** Of `client.post(…)`, and of `fetch(url, { method: 'POST' })`, which asks by GET unless it says otherwise. */
function verbOf(method: string, options: TS.Expression | undefined): string {
  if (/^(get|head|post|put|patch|delete)$/i.test(method)) return method.toUpperCase()
  if (method !== 'fetch') return OPEN
  if (!options) return 'GET'
  const given = bare(options)
  if (!ts.isObjectLiteralExpression(given) || given.properties.some(ts.isSpreadAssignment)) return OPEN
  const written = given.properties.find((property) => property.name?.getText() === 'method')
  if (!written) return 'GET'
  const value = ts.isPropertyAssignment(written) ? bare(written.initializer) : null
  return value && ts.isStringLiteralLike(value) ? value.text.toUpperCase() : OPEN
}

function written(expression: TS.Expression, survey: Survey): string {
  const node = bare(expression)
  if (ts.isTemplateExpression(node))
    return (
      node.head.text +
      node.templateSpans.map(({ expression: part, literal }) => known(part, survey) + literal.text).join('')
    )
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return written(node.left, survey) + written(node.right, survey)
  const found = ts.isIdentifier(node) ? survey.resolver.resolve(node) : null
  const isBuilt =
    found?.kind === 'value' && !found.or && found.node !== node && ts.isTemplateExpression(found.node)
  return isBuilt ? written(found.node as TS.TemplateExpression, survey) : known(node, survey)
}

function known(part: TS.Expression, survey: Survey): string {
  const value = valueOf(part, survey.resolver)
  return value.kind === 'text' ? value.value : OPEN
}
