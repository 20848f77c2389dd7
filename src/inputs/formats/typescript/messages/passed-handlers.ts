/** Functions to which a handler of messages passes the message on, so that what they do with a failure is what becomes of it. */
import { codeWords } from '../../../../knowledge/code-words.js'
import { functionOf } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { bare, enclosingFunction, isFunction, ts, walk, type TS } from '../syntax/syntax.js'
import { promiseUse } from '../syntax/uses.js'

type Handler = TS.FunctionLikeDeclaration & { body: TS.Node }

const MAX_DEPTH = 3

/** Without the handler itself: `process(job) { return this.send(job) }`, `await handlers[job.name](job)`. */
export function handlersBehind(survey: Survey, handler: Handler): Handler[] {
  const found = new Set<Handler>()
  const follow = (at: Handler, depth: number): void => {
    const message = at.parameters[0]?.name
    if (depth >= MAX_DEPTH || !message || !ts.isIdentifier(message)) return
    walk(at.body, (node) => {
      if (!ts.isCallExpression(node) || !takes(node, message.text) || !endsWith(node, at)) return
      for (const called of calledBy(survey, node.expression))
        if (called !== handler && !found.has(called)) follow(add(found, called), depth + 1)
    })
  }
  follow(handler, 0)
  return [...found]
}

function add<Item>(items: Set<Item>, item: Item): Item {
  items.add(item)
  return item
}

function takes({ arguments: given }: TS.CallExpression, message: string): boolean {
  return given.some((argument) => {
    const node = bare(argument)
    const whole =
      ts.isPropertyAccessExpression(node) && codeWords().messageContents.test(node.name.text)
        ? node.expression
        : node
    return ts.isIdentifier(whole) && whole.text === message
  })
}

/** Nobody looks at what it gives: it is waited for, or stands for the handler. */
function endsWith(call: TS.CallExpression, handler: Handler): boolean {
  if (enclosingFunction(call) !== handler) return false
  const { at, isAwaited } = promiseUse(call)
  const { parent } = at
  return (isAwaited && ts.isExpressionStatement(parent)) || ts.isReturnStatement(parent) || parent === handler
}

/** One function, or each of those in an object that the kind of message picks from. */
function calledBy(survey: Survey, callee: TS.Expression): Handler[] {
  const node = bare(callee)
  if (!ts.isElementAccessExpression(node)) return withBody(functionOf(survey, node))
  const table = survey.resolver.resolve(node.expression)
  if (table.kind !== 'value' || !ts.isObjectLiteralExpression(table.node)) return []
  return table.node.properties.flatMap((property) => {
    if (isFunction(property)) return withBody(property)
    return ts.isPropertyAssignment(property) ? withBody(functionOf(survey, property.initializer)) : []
  })
}

const withBody = (found: TS.FunctionLikeDeclaration | null): Handler[] =>
  found?.body ? [found as Handler] : []
