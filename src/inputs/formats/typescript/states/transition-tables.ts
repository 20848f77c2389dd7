/** Tables of allowed transitions: does a state that waits end by itself when nothing comes? */
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { mayDeclareTransitions } from '../running/necessary-text.js'
import { practice } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { bare, textOf, ts, walk, type TS } from '../syntax/syntax.js'

const PATTERN = 'state-timeout'

export function transitionTables(survey: Survey): Practice[] {
  return survey.files.flatMap(({ tree }) => (mayDeclareTransitions(tree.text) ? tablesIn(survey, tree) : []))
}

function tablesIn(survey: Survey, tree: TS.SourceFile): Practice[] {
  const found: Practice[] = []
  walk(tree, (node) => {
    if (!ts.isVariableDeclaration(node) && !ts.isPropertyDeclaration(node)) return
    if (!node.initializer || !codeWords().transitionTables.test(textOf(node.name))) return
    const table = bare(node.initializer)
    const states = ts.isObjectLiteralExpression(table) ? statesOf(table) : null
    if (states) found.push(...judgeTable(survey, node, states))
  })
  return found
}

/** Each state with those that may follow; null for an object that is no such table. */
function statesOf(table: TS.ObjectLiteralExpression): Map<string, string[]> | null {
  const states = new Map<string, string[]>()
  for (const property of table.properties) {
    if (!ts.isPropertyAssignment(property)) return null
    const value = bare(property.initializer)
    if (!ts.isArrayLiteralExpression(value)) return null
    states.set(lastName(property.name), value.elements.map(lastName))
  }
  const all = [...states.values()].flat()
  return states.size >= 2 && all.some((state) => states.has(state)) ? states : null
}

/** `PENDING` of `[Status.PENDING]`, `Status.PENDING`, `'PENDING'` and `PENDING`. */
function lastName(node: TS.Node): string {
  return (/(\w+)\W*$/.exec(node.getText())?.[1] ?? '').trim()
}

function judgeTable(survey: Survey, at: TS.Node, states: Map<string, string[]>): Practice[] {
  const { waitingStates, timedStates } = codeWords()
  const waiting = [...states].filter(([state, next]) => waitingStates.test(state) && next.length > 0)
  if (waiting.length === 0) return []
  const endless = waiting.filter(([, next]) => !next.some((state) => timedStates.test(state)))
  if (endless.length === 0)
    return [practice(survey, at, PATTERN, 'present', 'Every waiting state may also end by timeout')]
  const names = endless.map(([state]) => `\`${state}\``).join(', ')
  const question = `what ends ${names} when the expected event never arrives? This table has no next state that a timeout leads to`
  return [practice(survey, at, PATTERN, 'unknown', `Transitions out of ${names} are declared`, question)]
}
