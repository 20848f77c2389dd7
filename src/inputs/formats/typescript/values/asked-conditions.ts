/** Options that decide what a library tries again: functions that are asked, and lists. */
import type { Guard } from '../../../../facts/code.js'
import type { GuardOption } from '../../../../knowledge/libraries/guards.js'
import { returnedBy } from '../syntax/assignments.js'
import { explicit, plain } from './guard-values.js'
import type { Resolver } from './resolve.js'
import { bindingOf } from '../syntax/scope.js'
import { bare, isFunction, some, ts, type TS } from '../syntax/syntax.js'
import { valueOf } from './values.js'

const MAX_DEPTH = 3

type Asked = 'asks' | 'blind' | 'unread'

/** Judges a function that is asked whether to try again: each way to yes has to look at one of the names. */
export function asksGuard(
  node: TS.Expression | TS.MethodDeclaration,
  option: GuardOption,
  name: string,
  resolver: Resolver,
): Guard {
  const { names } = option
  switch (askedBy(node, option, resolver, 0)) {
    case 'asks':
      return explicit(`\`${name}\` checks \`${names[0]!}\` or similar`)
    case 'blind':
      return plain('absent', `\`${name}\` returns true without checking \`${names[0]!}\``)
    case 'unread':
      return plain('unknown', `\`${name}\` could not be read, and may check \`${names[0]!}\``)
  }
}

/** Judges a list that has to hold none of the names. */
export function listGuard(
  node: TS.Expression | TS.MethodDeclaration,
  { names }: GuardOption,
  name: string,
  resolver: Resolver,
): Guard {
  const found = ts.isExpression(node) ? resolver.resolve(node) : null
  const list = found?.kind === 'value' && ts.isArrayLiteralExpression(found.node) ? found.node : null
  if (!list) return plain('unknown', `\`${name}\` could not be followed to a list`)
  const held = list.elements.find((element) => {
    const value = valueOf(element, resolver)
    const isRead = value.kind === 'text' || value.kind === 'number'
    return isRead && names.includes(String(value.value).toUpperCase())
  })
  return held
    ? plain('absent', `\`${name}\` holds ${held.getText()}`)
    : explicit(`\`${name}\` holds none of ${names.join(', ')}`)
}

function askedBy(node: TS.Node, option: GuardOption, resolver: Resolver, depth: number): Asked {
  if (isFunction(node)) return askedByFunction(node, option, resolver, depth)
  const expression = bare(node as TS.Expression)
  if (mentions(expression, option.names)) return 'asks'
  const found = resolver.resolve(expression)
  if (found.kind === 'value' && isFunction(found.node) && depth < MAX_DEPTH)
    return askedByFunction(found.node, option, resolver, depth + 1)
  const last = expression.getText().split('.').at(-1)!
  return option.blind.includes(last) ? 'blind' : 'unread'
}

function askedByFunction(
  { body }: TS.FunctionLikeDeclaration,
  option: GuardOption,
  resolver: Resolver,
  depth: number,
): Asked {
  if (!body) return 'unread'
  if (ts.isBlock(body) && some(body, (at) => ts.isIfStatement(at) && mentions(at.expression, option.names)))
    return 'asks'
  const answers = (ts.isBlock(body) ? returnedBy(body) : [body]).flatMap(alternatives)
  const each = answers.map((answer) => askedByAnswer(answer, option, resolver, depth))
  if (each.includes('blind')) return 'blind'
  return each.includes('unread') ? 'unread' : 'asks'
}

/** Each of the ways in which `a || b` can be true. */
function alternatives(expression: TS.Expression): TS.Expression[] {
  const node = bare(expression)
  const isOr = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.BarBarToken
  return isOr ? [...alternatives(node.left), ...alternatives(node.right)] : [node]
}

function askedByAnswer(answer: TS.Expression, option: GuardOption, resolver: Resolver, depth: number): Asked {
  if (answer.kind === ts.SyntaxKind.FalseKeyword || mentions(answer, option.names)) return 'asks'
  if (!ts.isCallExpression(answer)) return 'blind'
  return askedBy(answer.expression, option, resolver, depth)
}

/** A name in an expression, or in what one of its variables is computed by. */
function mentions(node: TS.Node, names: string[], depth = 0): boolean {
  return some(node, (at) => {
    if (!ts.isIdentifier(at)) return false
    if (names.includes(at.text)) return true
    const binding = depth < MAX_DEPTH ? bindingOf(at) : null
    return (
      binding?.kind === 'value' &&
      ts.isExpression(binding.node) &&
      !isFunction(binding.node) &&
      binding.node !== at &&
      (names.includes(binding.path.at(-1) ?? '') || mentions(binding.node, names, depth + 1))
    )
  })
}
