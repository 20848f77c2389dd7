/** PromQL text as the facts that rules and joins ask: parsed once per distinct text. */
import type { Tree } from '@lezer/common'
import { parser } from '@prometheus-io/lezer-promql'
import type { Query } from '../../facts/alert.js'
import { parseDuration } from '../../facts/units.js'
import { comparedIn, hasCondition, thresholdOf } from './condition.js'
import { inside, type Expression } from './expression.js'
import { keptLabelsOf } from './kept-labels.js'
import { modifierFaultIn, withoutModifiers } from './modifiers.js'
import { selectorsIn } from './selectors.js'
import { syntaxFaultIn } from './syntax.js'
import { typeFaultIn } from './types.js'
import { vectorOperationsIn } from './vector-operations.js'

const UNKNOWN: Omit<Query, 'syntaxError'> = {
  selectors: [],
  windows: [],
  functions: [],
  threshold: null,
  compared: null,
  hasCondition: false,
  vectorOperations: [],
  keptLabels: null,
}

const queries = new Map<string, Query>()

export function parseQuery(text: string): Query {
  const known = queries.get(text)
  if (known) return known
  const query = analyse(text)
  queries.set(text, query)
  return query
}

function analyse(text: string): Query {
  if (text.trim() === '') return refused({ kind: 'syntax', message: 'the expression is empty', offset: 0 })
  const written = parser.parse(text)
  const misplaced = syntaxFaultIn(written, text) ?? modifierFaultIn(written, text)
  if (misplaced) return refused(misplaced)
  const plain = withoutModifiers(written, text)
  const tree = plain === text ? written : parser.parse(plain)
  const whole = rootOf(tree, text)
  const mistyped = typeFaultIn(whole)
  if (mistyped) return refused(mistyped)
  return {
    syntaxError: null,
    selectors: selectorsIn(whole),
    ...wordsIn(tree, text),
    threshold: thresholdOf(whole),
    compared: comparedIn(whole),
    hasCondition: hasCondition(whole),
    vectorOperations: vectorOperationsIn(whole),
    keptLabels: keptLabelsOf(whole),
  }
}

function refused(syntaxError: NonNullable<Query['syntaxError']>): Query {
  return { ...UNKNOWN, syntaxError }
}

function rootOf(tree: Tree, text: string): Expression {
  return inside({ node: tree.topNode, text }) ?? { node: tree.topNode, text }
}

function wordsIn(tree: Tree, text: string): Pick<Query, 'windows' | 'functions'> {
  const windows: number[] = []
  const functions = new Set<string>()
  tree.iterate({
    enter: ({ name, node, from, to }) => {
      if (name === 'FunctionIdentifier' || name === 'AggregateOp')
        functions.add(text.slice(from, to).toLowerCase())
      if (name !== 'MatrixSelector' && name !== 'SubqueryExpr') return
      const range = node.getChild('DurationExpr')
      const seconds = range && parseDuration(text.slice(range.from, range.to))
      if (seconds !== null) windows.push(seconds)
    },
  })
  return { windows, functions: [...functions] }
}
