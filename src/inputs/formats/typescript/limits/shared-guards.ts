/** Breakers and limiters that are made for one call: they remember nothing, and so guard nothing. */
import { codeWords } from '../../../../knowledge/code-words.js'
import type { Practice } from '../../../../facts/code.js'
import { practice } from '../survey/practice.js'
import { startsWithProcess } from '../running/process-start.js'
import type { WrapperSeen } from '../survey/shapes.js'
import type { Survey } from '../survey/survey.js'
import { bare, enclosingFunction, isFunction, ts, walk, type TS } from '../syntax/syntax.js'

const PATTERN = 'guard-shared'
/** Guards that remember earlier calls. */
export const MEMORY = ['circuit-breaker', 'bulkhead', 'rate-limit']

export function sharedGuards(survey: Survey): Practice[] {
  return survey.wrappers.flatMap((seen) => {
    const kind = MEMORY.find((pattern) => pattern in seen.wrapper.gives)
    return kind === undefined ? [] : judgeGuard(survey, seen, kind)
  })
}

function judgeGuard(survey: Survey, { made, library }: WrapperSeen, kind: string): Practice[] {
  const around = enclosingFunction(made)
  if (!around || ts.isConstructorDeclaration(around))
    return [practice(survey, made, PATTERN, 'present', `The calls through ${library.title} share it`)]
  if (startsWithProcess(statementOf(made))) return []
  const what = kind === 'circuit-breaker' ? 'never sees a second failure' : 'never sees a second call'
  return isForOneCall(made, around, kind === 'circuit-breaker' ? isUse : isUseForOne)
    ? [practice(survey, made, PATTERN, 'absent', `${library.title} is created for each call, and so ${what}`)]
    : []
}

/** What is declared in it gives it no name of its own. */
function statementOf(node: TS.Node): TS.Node {
  let at = node
  while (!ts.isStatement(at) && !ts.isFunctionLike(at.parent)) at = at.parent
  return at
}

/** Made, used once and left behind: not in a loop, nor by functions that may run again, nor given to anybody. */
function isForOneCall(
  made: TS.Node,
  around: TS.FunctionLikeDeclaration,
  isUsed: (node: TS.Node) => boolean,
): boolean {
  if (isUsed(made)) return standsAlone(made, around)
  const { parent } = made
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return false
  const name = parent.name
  const mentions: TS.Identifier[] = []
  walk(around.body!, (node) => {
    if (ts.isIdentifier(node) && node.text === name.text && node !== name && !isMemberName(node))
      mentions.push(node)
  })
  const uses = mentions.filter(isUsed)
  return (
    uses.length === 1 &&
    standsAlone(uses[0]!, around) &&
    mentions.every((node) => isUsed(node) || isSetUp(node))
  )
}

/** `breaker.fire()`, `limit(work)`. */
export function isUse(node: TS.Node): boolean {
  const { parent } = node
  if (ts.isCallExpression(parent) && parent.expression === node) return true
  return (
    ts.isPropertyAccessExpression(parent) &&
    parent.expression === node &&
    ts.isCallExpression(parent.parent) &&
    parent.parent.expression === parent &&
    !codeWords().setsUpGuards.test(parent.name.text)
  )
}

/** A limiter is given one function; a list of them is what it is made for. */
function isUseForOne(node: TS.Node): boolean {
  const { parent } = node
  const call = ts.isCallExpression(parent) ? parent : parent.parent
  const given = isUse(node) && ts.isCallExpression(call) ? call.arguments[0] : undefined
  return given !== undefined && isFunction(bare(given))
}

export function isSetUp({ parent }: TS.Node): boolean {
  return ts.isPropertyAccessExpression(parent) && codeWords().setsUpGuards.test(parent.name.text)
}

function isMemberName(node: TS.Identifier): boolean {
  return ts.isPropertyAccessExpression(node.parent) && node.parent.name === node
}

function standsAlone(node: TS.Node, around: TS.FunctionLikeDeclaration): boolean {
  if (enclosingFunction(node) !== around) return false
  for (let at = node.parent; at !== around; at = at.parent)
    if (ts.isIterationStatement(at, false)) return false
  return true
}
