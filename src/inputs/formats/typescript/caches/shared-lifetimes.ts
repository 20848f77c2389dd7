/** The function through which all keys of a cache are stored, and whether it gives them one and the same lifetime. */
import { callersOf } from '../survey/named-callers.js'
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { hasWord } from '../../../../knowledge/identifier-words.js'
import { isRandom } from '../values/growing-delays.js'
import { practice } from '../survey/practice.js'
import { bindingOf } from '../syntax/scope.js'
import type { Survey } from '../survey/survey.js'
import {
  bare,
  calleeName,
  enclosingFunction,
  isFunction,
  some,
  symbolOf,
  ts,
  type TS,
} from '../syntax/syntax.js'

const PATTERN = 'cache-ttl-jitter'
const MAX_DEPTH = 6
const CONVERTS = /^(Number|String|parseInt|round|floor|ceil|toString|max|min)$/

/** Of a store in a function of a cache that is given key and value, and knows how long they live. */
export function lifetimeForAll(
  survey: Survey,
  store: TS.CallExpression,
  lifetime: TS.Expression | null,
): Practice[] {
  const owner = enclosingFunction(store)
  if (!lifetime || !owner || !isForAnyKey(store, owner) || !isOfCache(store)) return []
  if (isRandom(lifetime, survey.resolver))
    return [practice(survey, store, PATTERN, 'present', 'Each key has its own TTL')]
  const given = parametersIn(lifetime, owner)
  if (!isDecidedHere(lifetime, 0) || isGivenByAll(owner, given, survey)) return []
  if (callersOf(owner, survey).some((call) => call.arguments.some((each) => isRandom(each, survey.resolver))))
    return []
  if (isOfOneKey(store, owner, survey)) return []
  const unless = given.length > 0 ? ' that is stored without its own TTL' : ''
  const detail = `Every key${unless} has the same TTL (\`${lifetime.getText().slice(0, 40)}\`), so keys stored together expire together`
  return [practice(survey, store, PATTERN, 'absent', detail)]
}

/** Key and value both come from the caller, unlike the user that is kept for a token: that is one purpose, and its own life. */
function isForAnyKey(
  { arguments: [key, ...rest] }: TS.CallExpression,
  owner: TS.FunctionLikeDeclaration,
): boolean {
  const isValue = (argument: TS.Expression): boolean =>
    parametersIn(argument, owner).some((one) => !keys.includes(one))
  const keys = key ? parametersIn(key, owner) : []
  return keys.some(({ name }) => /key$/i.test(name.getText())) && rest.some(isValue)
}

/** By the name of a class, a function or the file; locks and sessions are kept in the same store. */
function isOfCache(store: TS.Node): boolean {
  const file = store.getSourceFile().fileName.split('/').at(-1)!
  return hasWord(`${file.replace(/\.\w+$/, '')} ${symbolOf(store)}`.replace(/[.-]/g, ' '), codeWords().caches)
}

/** Parameters that an expression is made of, also through constants of the function. */
function parametersIn(
  node: TS.Node,
  owner: TS.FunctionLikeDeclaration,
  depth = 0,
): TS.ParameterDeclaration[] {
  const found: TS.ParameterDeclaration[] = []
  some(node, (at) => {
    const binding = ts.isIdentifier(at) && !isMemberName(at) ? bindingOf(at) : null
    if (binding?.kind === 'parameter' && binding.node.parent === owner) found.push(binding.node)
    const isLocal = binding?.kind === 'value' && enclosingFunction(binding.node) === owner
    if (isLocal && depth < MAX_DEPTH && binding.node !== node)
      found.push(...parametersIn(binding.node, owner, depth + 1))
    return false
  })
  return found
}

function isMemberName(name: TS.Identifier): boolean {
  return ts.isPropertyAccessExpression(name.parent) && name.parent.name === name
}

/** A number, a setting or a field, or one of these where the caller gives none; not what is computed from a date. */
function isDecidedHere(expression: TS.Expression, depth: number): boolean {
  if (depth > MAX_DEPTH) return false
  const node = bare(expression)
  const inner = (part: TS.Expression): boolean => isDecidedHere(part, depth + 1)
  if (ts.isNumericLiteral(node)) return true
  if (ts.isCallExpression(node)) return CONVERTS.test(calleeName(node)) && node.arguments.every(inner)
  if (ts.isConditionalExpression(node)) return inner(node.whenFalse) || inner(node.whenTrue)
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken
    const isFallback = kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken
    return isFallback ? inner(node.right) : inner(node.left) && inner(node.right)
  }
  if (ts.isPropertyAccessExpression(node)) return !startsWithParameter(node)
  const binding = ts.isIdentifier(node) ? bindingOf(node) : null
  if (binding?.kind === 'import') return true
  if (binding?.kind === 'parameter') {
    const fallback = binding.path.length === 0 ? binding.node.initializer : binding.fallback
    return fallback !== undefined && inner(fallback)
  }
  return binding?.kind === 'value' && !isFunction(binding.node) && ts.isExpression(binding.node)
    ? inner(binding.node)
    : false
}

function startsWithParameter(access: TS.PropertyAccessExpression): boolean {
  let root: TS.Expression = access
  while (ts.isPropertyAccessExpression(root)) root = bare(root.expression)
  return ts.isIdentifier(root) && bindingOf(root)?.kind === 'parameter'
}

/** All who call give one and the same key: nothing expires together with it. */
function isOfOneKey(
  { arguments: [key] }: TS.CallExpression,
  owner: TS.FunctionLikeDeclaration,
  survey: Survey,
): boolean {
  const places = key ? parametersIn(key, owner).map((one) => owner.parameters.indexOf(one)) : []
  const given = callersOf(owner, survey).map((call) => places.map((place) => call.arguments[place]))
  const isWritten = given.every((all) => all.every((one) => one !== undefined && ts.isStringLiteralLike(one)))
  return isWritten && new Set(given.map((all) => all.map((one) => one!.getText()).join())).size === 1
}

/** The fallback is there for nobody. */
function isGivenByAll(
  owner: TS.FunctionLikeDeclaration,
  given: TS.ParameterDeclaration[],
  survey: Survey,
): boolean {
  const calls = callersOf(owner, survey)
  return (
    given.length > 0 &&
    calls.length > 0 &&
    calls.every(({ arguments: { length } }) => given.every((one) => owner.parameters.indexOf(one) < length))
  )
}
