/** What stands in front of work that is started again: a wait, also in a function that is called, or something that decides when. */
import { isTimer } from './ways-back.js'
import { someNow } from '../delays/pacing.js'
import { functionOf } from '../../survey/practice.js'
import { delayOf } from '../delays/retry-delays.js'
import type { Survey } from '../../survey/survey.js'
import { bare, isFunction, some, ts, type TS } from '../../syntax/syntax.js'
import { isAwaitedWait } from '../delays/unwaited-retries.js'

const MAX_DEPTH = 4
const MAX_FUNCTIONS = 80

/** Some call in a piece of code waits, or awaits a function of the project that does; listeners in it run some other time. */
export function waitsIn(root: TS.Node, survey: Survey): boolean {
  const left = [{ body: root, depth: 0 }]
  const seen = new Set([root])
  for (const { body, depth } of left) {
    const waits = someNow(body, (node) => {
      if (!ts.isCallExpression(node)) return false
      if (delayOf(node, survey) !== null || isAwaitedWait(node)) return true
      const called = isAwaited(node) && depth < MAX_DEPTH ? functionOf(survey, node.expression)?.body : null
      if (called && !seen.has(called) && seen.size < MAX_FUNCTIONS) {
        seen.add(called)
        left.push({ body: called, depth: depth + 1 })
      }
      return false
    })
    if (waits) return true
  }
  return false
}

/** Also what something is done behind: `pause().then(…)`. */
function isAwaited({ parent }: TS.CallExpression): boolean {
  return ts.isAwaitExpression(parent) || ts.isPropertyAccessExpression(parent)
}

/** What a call is handed to inside of `end`: it runs at once, after a wait, or whenever a named function wants. */
export function handedOn(call: TS.Node, end: TS.Node, survey: Survey): 'at once' | 'waits' | { to: string } {
  for (let at = call; at !== end; at = at.parent) {
    const { parent } = at
    if (!isFunction(at) || !ts.isCallExpression(parent) || parent.expression === at) continue
    const when = whenRun(at, parent, survey)
    if (when !== 'at once') return when
  }
  return 'at once'
}

function whenRun(
  callback: TS.Node,
  { expression, arguments: given }: TS.CallExpression,
  survey: Survey,
): 'at once' | 'waits' | { to: string } {
  const to = bare(expression).getText().slice(0, 60)
  if (/^(.*\.)?(then|catch|finally|forEach|map)$/s.test(to)) return 'at once'
  const called = functionOf(survey, expression)
  if (!called?.body) return { to }
  if (waitsIn(called.body, survey) || some(called.body, isTimer)) return 'waits'
  const name = called.parameters[given.findIndex((argument) => argument === callback)]?.name.getText()
  const isName = (node: TS.Node): boolean => ts.isIdentifier(node) && node.text === name
  const isCalled = (node: TS.Node): boolean => ts.isCallExpression(node) && isName(node.expression)
  const isGiven = (node: TS.Node): boolean => ts.isCallExpression(node) && node.arguments.some(isName)
  return some(called.body, isCalled) && !some(called.body, isGiven) ? 'at once' : { to }
}
