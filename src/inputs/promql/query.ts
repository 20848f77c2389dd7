/** PromQL text as the facts that rules and joins ask: parsed once per distinct text. */
import { parser } from '@prometheus-io/lezer-promql'
import type { Query, Selector } from '../../facts/alert.js'
import { parseDuration } from '../../facts/units.js'
import { jointAbsencesIn } from './absences.js'
import { comparedAgeIn } from './ages.js'
import { comparedIn, comparedSeriesIn, hasCondition, thresholdOf } from './condition.js'
import { brokenJoinsIn, emptyReason, idlePartsIn } from './emptiness.js'
import { forecastsIn } from './forecasts.js'
import { inside, type Expression } from './expression.js'
import { keptLabelsOf } from './kept-labels.js'
import { modifierFaultIn, smallestOffsetIn, withoutModifiers } from './modifiers.js'
import { valuesOf } from '../../knowledge/alerts/metric-values.js'
import { poisonsIn } from './poison.js'
import { samplingsIn } from './samplings.js'
import { selectorsIn } from './selectors.js'
import { spansIn } from './spans.js'
import { syntaxFaultIn } from './syntax.js'
import { plainTree, type SyntaxNode } from './syntax-tree.js'
import { mismatchIn, variableIn } from './patterns.js'
import { typeFaultIn } from './types.js'
import { isConstant } from './value-range.js'
import { firesOf } from './verdict.js'
import { vectorOperationsIn } from './vector-operations.js'

const UNKNOWN: Omit<Query, 'syntaxError'> = {
  selectors: [],
  windows: [],
  spans: [],
  offsetSeconds: 0,
  functions: [],
  threshold: null,
  compared: null,
  comparedSeries: null,
  comparedAge: null,
  fires: 'depends',
  rated: [],
  rateWindows: [],
  hasCondition: false,
  vectorOperations: [],
  keptLabels: null,
  emptyReason: null,
  samplings: [],
  poisons: [],
  jointAbsences: [],
  mismatches: [],
  variables: [],
  forecasts: [],
  valueIsConstant: false,
  brokenJoins: [],
  idleParts: [],
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
  const parsed = parser.parse(text)
  const broken = syntaxFaultIn(parsed, text)
  if (broken) return refused(broken)
  const written = plainTree(parsed)
  const misplaced = modifierFaultIn(written, text)
  if (misplaced) return refused(misplaced)
  const plain = withoutModifiers(written, text)
  const tree = plain === text ? written : plainTree(parser.parse(plain))
  const whole = rootOf(tree, text)
  const selectors = selectorsIn(whole)
  const mistyped = typeFaultIn(whole)
  if (mistyped) return refused(mistyped)
  // Spread in between, what goes together would make this the dearest line of reading a rule.
  const { windows, functions, rated, rateWindows } = wordsIn(tree, text)
  const { mismatches, variables } = valuesIn(selectors)
  return {
    syntaxError: null,
    selectors,
    offsetSeconds: smallestOffsetIn(written, text),
    windows,
    functions,
    rated,
    rateWindows,
    spans: spansIn(whole),
    threshold: thresholdOf(whole),
    compared: comparedIn(whole),
    comparedSeries: comparedSeriesIn(whole),
    comparedAge: comparedAgeIn(whole),
    fires: firesOf(whole, valuesOf),
    hasCondition: hasCondition(whole),
    vectorOperations: vectorOperationsIn(whole),
    keptLabels: keptLabelsOf(whole),
    emptyReason: emptyReason(whole),
    samplings: samplingsIn(whole),
    poisons: poisonsIn(whole),
    jointAbsences: jointAbsencesIn(whole),
    mismatches,
    variables,
    forecasts: forecastsIn(whole),
    valueIsConstant: isConstant(whole, valuesOf),
    brokenJoins: brokenJoinsIn(whole),
    idleParts: idlePartsIn(whole),
  }
}

function valuesIn(selectors: Selector[]): Pick<Query, 'mismatches' | 'variables'> {
  const matchers = selectors.flatMap((selector) => selector.matchers)
  const patterns = matchers.filter(({ operator }) => operator.endsWith('~'))
  return {
    mismatches: [...new Set(patterns.flatMap(({ value }) => mismatchIn(value) ?? []))],
    variables: [...new Set(matchers.flatMap(({ value }) => variableIn(value) ?? []))],
  }
}

function refused(syntaxError: NonNullable<Query['syntaxError']>): Query {
  return { ...UNKNOWN, syntaxError }
}

function rootOf(tree: SyntaxNode, text: string): Expression {
  return inside({ node: tree, text }) ?? { node: tree, text }
}

function wordsIn(
  tree: SyntaxNode,
  text: string,
): Pick<Query, 'windows' | 'functions' | 'rated' | 'rateWindows'> {
  const windows: number[] = []
  const rateWindows: number[] = []
  const rated = new Set<string>()
  const functions = new Set<string>()
  tree.forEach((node) => {
    const { name, from, to } = node
    if (name === 'FunctionIdentifier' || name === 'AggregateOp')
      functions.add(text.slice(from, to).toLowerCase())
    if (name !== 'MatrixSelector' && name !== 'SubqueryExpr') return
    const range = node.getChild('DurationExpr')
    const seconds = range && parseDuration(text.slice(range.from, range.to))
    if (seconds === null) return
    windows.push(seconds)
    const around = name === 'MatrixSelector' ? functionAround(node, text) : ''
    if (NEEDS_TWO.has(around)) rateWindows.push(seconds)
    if (OF_COUNTERS.has(around)) for (const { metric } of selectorsIn({ node, text })) rated.add(metric)
  })
  return { windows, functions: [...functions], rated: [...rated], rateWindows }
}

const OF_COUNTERS = new Set(['rate', 'irate', 'increase'])
/** Functions that give nothing of a range with one sample. */
const NEEDS_TWO = new Set(['rate', 'irate', 'increase', 'delta', 'idelta', 'deriv', 'predict_linear'])

/** Name of the function whose argument a range is; '' for none. */
function functionAround(range: SyntaxNode, text: string): string {
  const call = range.parent?.parent
  const name = call?.name === 'FunctionCall' ? call.getChild('FunctionIdentifier') : null
  return name ? text.slice(name.from, name.to).toLowerCase() : ''
}
