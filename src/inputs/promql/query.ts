/** PromQL text as the facts that rules and joins ask: parsed once per distinct text. */
import type { Tree } from '@lezer/common'
import { parser } from '@prometheus-io/lezer-promql'
import type { Query } from '../../facts/alert.js'
import { parseDuration } from '../../facts/units.js'
import { hasCondition, thresholdOf } from './condition.js'
import type { Expression } from './expression.js'
import { keptLabelsOf } from './kept-labels.js'
import { selectorsIn } from './selectors.js'
import { vectorOperationsIn } from './vector-operations.js'

type SyntaxError = Query['syntaxError']

/** People nest a few levels; what is deeper was made to exhaust the stack. */
const MAX_DEPTH = 250

const UNKNOWN: Omit<Query, 'syntaxError'> = {
  selectors: [],
  windows: [],
  functions: [],
  threshold: null,
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
  if (text.trim() === '')
    return { ...UNKNOWN, syntaxError: { message: 'the expression is empty', offset: 0 } }
  const tree = parser.parse(text)
  const syntaxError = faultIn(tree, text)
  const whole = rootOf(tree, text)
  if (syntaxError || !whole) return { ...UNKNOWN, syntaxError }
  return {
    syntaxError: null,
    selectors: selectorsIn(whole),
    ...wordsIn(tree, text),
    threshold: thresholdOf(whole),
    hasCondition: hasCondition(whole),
    vectorOperations: vectorOperationsIn(whole),
    keptLabels: keptLabelsOf(whole),
  }
}

function rootOf(tree: Tree, text: string): Expression | null {
  let node = tree.topNode.firstChild
  while (node?.name === 'LineComment') node = node.nextSibling
  return node && { node, text }
}

/** The first place where the text is no PromQL. */
function faultIn(tree: Tree, text: string): SyntaxError {
  let fault: SyntaxError = null
  let depth = 0
  tree.iterate({
    enter: ({ type, from, to }) => {
      if (fault) return false
      depth++
      if (depth > MAX_DEPTH)
        fault = { message: `nested more than ${MAX_DEPTH} levels deep: not analysed`, offset: from }
      else if (type.isError) fault = { message: unexpected(text, from, to), offset: from }
      else if (type.name === 'StringLiteral' && !isClosed(text.slice(from, to)))
        fault = { message: 'a string is not closed', offset: from }
      return true
    },
    leave: () => {
      depth--
    },
  })
  return fault
}

function unexpected(text: string, from: number, to: number): string {
  const rest = text.slice(from, Math.max(to, from + 1)).trim() || text.slice(from).trim().split(/\s/, 1)[0]!
  return rest === '' ? 'the expression ends too early' : `unexpected ${JSON.stringify(rest.slice(0, 40))}`
}

/** The grammar accepts strings that the end of the text cuts off; Prometheus does not. */
function isClosed(literal: string): boolean {
  return literal.length > 1 && literal.endsWith(literal[0]!)
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
