/** What is put together under a key until a timer hands it on: the messages of one user. A restart loses it. */
import { callersOf } from '../survey/named-callers.js'
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { functionOf, practice } from '../survey/practice.js'
import { bindingOf } from '../syntax/scope.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import {
  bare,
  calleeName,
  enclosingFunction,
  isFunction,
  some,
  sourceOf,
  symbolOf,
  ts,
  walk,
  type TS,
} from '../syntax/syntax.js'
import { isWrite } from '../effects/writes.js'

const PATTERN = 'in-memory-timer'

export function keyedBuffers(survey: Survey): Practice[] {
  return survey.callsNamed('setTimeout').flatMap((timer) => {
    const callback = functionOf(survey, timer.arguments[0])
    const around = enclosingFunction(timer)
    if (!callback?.body || !around?.body || !ts.isIdentifier(timer.expression)) return []
    const name = takenFrom(callback.body)
    if (name === null || !isCollected(name, around.body, callback)) return []
    const handOver = handOverOf(name, callback.body)
    const { harmlessTimers, bestEffort } = codeWords()
    const where = `${symbolOf(timer)} ${name}`
    if (!handOver || harmlessTimers.test(where) || bestEffort.test(where)) return []
    return [judged(survey, timer, name, handOver)]
  })
}

function judged(survey: Survey, timer: TS.Node, name: string, handOver: TS.CallExpression): Practice {
  const wait = `Values for one key are collected in \`${name}\` and wait for an in-process timer`
  const related = [{ source: sourceOf(handOver), message: 'what they wait for' }]
  const write = writeBehind(survey, handOver)
  const said = handOver.expression.getText().slice(0, 60)
  return write
    ? practice(
        survey,
        timer,
        PATTERN,
        'absent',
        `${wait}, which leads to \`${write.method}\` of ${write.client.library.title}`,
        null,
        related,
      )
    : practice(
        survey,
        timer,
        PATTERN,
        'unknown',
        wait,
        `\`${said}\`, which takes it, was not followed: may it be lost?`,
        related,
      )
}

/** `delete waiting[user]`, `waiting.delete(user)`: the collection that the timer takes from. */
function takenFrom(body: TS.Node): string | null {
  let name: string | null = null
  some(body, (node) => {
    if (ts.isDeleteExpression(node) && ts.isElementAccessExpression(node.expression))
      name = node.expression.expression.getText()
    if (ts.isCallExpression(node) && calleeName(node) === 'delete') {
      const callee = bare(node.expression)
      if (ts.isPropertyAccessExpression(callee)) name = callee.expression.getText()
    }
    return name !== null
  })
  return name
}

/** More is added to what waits already: `waiting[user].text += text`, `waiting.get(user).push(text)`. */
function isCollected(name: string, around: TS.Node, callback: TS.Node): boolean {
  const isEntry = (node: TS.Expression): boolean => isOf(name, node) || isOf(name, valueOf(node))
  return some(around, (node) => {
    if (node.pos >= callback.pos && node.end <= callback.end) return false
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken)
      return isEntry(rootOf(node.left))
    if (!ts.isCallExpression(node) || !codeWords().keepsItems.test(calleeName(node))) return false
    const callee = bare(node.expression)
    return (
      ts.isPropertyAccessExpression(callee) &&
      callee.name.text !== 'set' &&
      !node.arguments.some(isForWaiting) &&
      isEntry(rootOf(callee.expression))
    )
  })
}

/** `resolve` of `new Promise((resolve, reject) => …)`: who asked waits for the answer, and gets none after a restart. */
function isForWaiting(item: TS.Expression): boolean {
  return some(item, (node) => {
    const binding = ts.isIdentifier(node) ? bindingOf(node) : null
    const call = binding?.kind === 'parameter' ? binding.node.parent.parent : null
    return call !== null && ts.isNewExpression(call) && calleeName(call) === 'Promise'
  })
}

/** `waiting[user]` of `waiting[user].text`. */
function rootOf(node: TS.Expression): TS.Expression {
  let root = bare(node)
  while (ts.isPropertyAccessExpression(root)) root = bare(root.expression)
  return root
}

function valueOf(node: TS.Expression): TS.Node {
  const binding = ts.isIdentifier(node) ? bindingOf(node) : null
  return binding?.kind === 'value' ? binding.node : node
}

/** `waiting[user]`, `waiting.get(user)`. */
function isOf(name: string, node: TS.Node): boolean {
  if (ts.isElementAccessExpression(node)) return node.expression.getText() === name
  return ts.isCallExpression(node) && node.expression.getText() === `${name}.get`
}

/** The call that gets what was taken; a log of it is none. */
function handOverOf(name: string, body: TS.Node): TS.CallExpression | null {
  const items = new Set<string>()
  let found: TS.CallExpression | null = null
  walk(body, (node) => {
    if (ts.isVariableDeclaration(node) && node.initializer && some(node.initializer, (at) => isOf(name, at)))
      for (const item of namesOf(node.name)) items.add(item)
    const isTaker = ts.isCallExpression(node) && !found && !codeWords().logs.test(calleeName(node))
    if (
      isTaker &&
      node.arguments.some((given) => some(given, (at) => ts.isIdentifier(at) && items.has(at.text)))
    )
      found = node
    return true
  })
  return found
}

function namesOf(name: TS.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text]
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesOf(element.name) : []))
}

/** In what is called, or in what callers hand in to be called. */
function writeBehind(survey: Survey, handOver: TS.CallExpression): OutboundCall | null {
  const written = survey.reaches(handOver, isWrite)
  if (written) return written
  const callee = bare(handOver.expression)
  const binding = ts.isIdentifier(callee) ? bindingOf(callee) : null
  const owner = binding?.kind === 'parameter' ? binding.node.parent : null
  if (binding?.kind !== 'parameter' || !owner || !isFunction(owner)) return null
  const index = owner.parameters.indexOf(binding.node)
  for (const call of callersOf(owner, survey)) {
    const given = functionOf(survey, call.arguments[index])?.body
    const reached = given ? survey.reaches(given, isWrite) : null
    if (reached) return reached
  }
  return null
}
