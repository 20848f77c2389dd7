/** Types of expressions, and where Prometheus refuses what the grammar allows; the messages are Prometheus' own. */
import type { Query } from '../../facts/alert.js'
import { parseDuration } from '../../facts/units.js'
import { asBinary, asCall, inside, type Call, type Expression } from './expression.js'
import { parameterOf, signatureOf, type KnownType, type Signature, type ValueType } from './functions.js'
import { matchingFault, operandFault, operatorFault, signFault } from './operations.js'
import { refusedPatternIn, selectorFaultIn } from './selectors.js'

type Fault = NonNullable<Query['syntaxError']>

/** Null when the expression can be evaluated. What a rule evaluates may be neither a range nor a text. */
export function typeFaultIn(whole: Expression): Fault | null {
  const faults: Fault[] = []
  const type = typeOf(whole, faults)
  if (type === 'range vector' || type === 'string')
    note(`expected type instant vector or scalar in a rule, got ${type}`, whole, faults)
  return faults[0] ?? null
}

/** Parts before the whole, so that the first fault is the one that the others may follow from. */
function typeOf(expression: Expression, faults: Fault[]): KnownType {
  switch (expression.node.name) {
    case 'NumberDurationLiteral':
      return 'scalar'
    case 'StringLiteral':
      return 'string'
    case 'VectorSelector':
      return typeOfSelector(expression, faults)
    case 'MatrixSelector':
      return typeOfRange(expression, faults)
    case 'SubqueryExpr':
      return typeOfSubquery(expression, faults)
    case 'UnaryExpr':
      return typeOfUnary(expression, faults)
    case 'BinaryExpr':
      return typeOfBinary(expression, faults)
    case 'AggregateExpr':
      return typeOfAggregation(expression, faults)
    case 'FunctionCall':
      return typeOfCall(expression, faults)
    default:
      return typeInside(expression, faults)
  }
}

function typeInside(expression: Expression, faults: Fault[]): KnownType {
  const inner = inside(expression)
  return inner && typeOf(inner, faults)
}

function typeOfSelector(expression: Expression, faults: Fault[]): KnownType {
  const refused = refusedPatternIn(expression)
  if (refused) faults.push(faultAt(refused.offset, refused.message))
  note(selectorFaultIn(expression), expression, faults)
  return 'instant vector'
}

function typeOfRange(expression: Expression, faults: Fault[]): KnownType {
  const { node } = inside(expression) ?? expression
  typeInside(expression, faults)
  if (isOperation(node.name)) noteRangeAsOperand(expression, faults)
  else if (node.name !== 'VectorSelector')
    faults.push(faultAt(expression.text.indexOf('[', node.to), 'ranges only allowed for vector selectors'))
  noteDurations(expression, faults)
  return 'range vector'
}

function typeOfSubquery(expression: Expression, faults: Fault[]): KnownType {
  const { node } = inside(expression) ?? expression
  const type = typeInside(expression, faults)
  if (isOperation(node.name)) noteRangeAsOperand(expression, faults)
  else if (type !== null && type !== 'instant vector')
    note(`subquery is only allowed on instant vector, got ${type} instead`, expression, faults)
  noteDurations(expression, faults)
  return 'range vector'
}

function isOperation(name: string): boolean {
  return name === 'BinaryExpr' || name === 'UnaryExpr'
}

/** `a + b[5m]` is to the grammar the range of a sum, to Prometheus a sum with a range. */
function noteRangeAsOperand(range: Expression, faults: Fault[]): void {
  const operation = inside(range) ?? range
  const right = asBinary(operation)?.right
  if (right) note(operandFault('range vector'), right, faults)
  else note(signFault('range vector'), operation, faults)
}

/** Ranges and steps; of experimental duration expressions nothing is said. */
function noteDurations({ node, text }: Expression, faults: Fault[]): void {
  for (const { from, to } of node.getChildren('DurationExpr'))
    if (parseDuration(text.slice(from, to)) === 0)
      faults.push(faultAt(from, 'duration must be greater than 0'))
}

function typeOfUnary(expression: Expression, faults: Fault[]): KnownType {
  const type = typeInside(expression, faults)
  note(signFault(type), expression, faults)
  return type
}

function typeOfBinary(expression: Expression, faults: Fault[]): KnownType {
  const binary = asBinary(expression)
  if (!binary) return null
  const [left, right] = [typeOf(binary.left, faults), typeOf(binary.right, faults)]
  note(operandFault(left), binary.left, faults)
  note(operandFault(right), binary.right, faults)
  const atOperator = operatorFault(binary, left, right)
  if (atOperator !== null) faults.push(faultAt(binary.at, atOperator))
  note(matchingFault(binary, left, right), expression, faults)
  if (left === 'scalar' && right === 'scalar') return 'scalar'
  return left === null || right === null ? null : 'instant vector'
}

function typeOfAggregation(expression: Expression, faults: Fault[]): KnownType {
  const { name, arguments: given } = asCall(expression) ?? NOTHING_CALLED
  const parameter = parameterOf(name)
  const types = given.map((argument) => typeOf(argument, faults))
  const miscount = miscountedAggregation(given.length, parameter === undefined ? 1 : 2)
  note(miscount, expression, faults)
  if (miscount !== null) return 'instant vector'
  expect('instant vector', 'aggregation expression', given.at(-1)!, types.at(-1)!, faults)
  if (parameter !== undefined) expect(parameter, 'aggregation parameter', given[0]!, types[0]!, faults)
  return 'instant vector'
}

function typeOfCall(expression: Expression, faults: Fault[]): KnownType {
  const { name, arguments: given } = asCall(expression) ?? NOTHING_CALLED
  const signature = signatureOf(name)
  // The second argument of info() is no selector of series: it may be empty.
  const types = given.map((argument, index) => typeOf(argument, name === 'info' && index === 1 ? [] : faults))
  if (!signature) return null
  const miscount = miscountedCall(name, given.length, signature)
  note(miscount, expression, faults)
  if (miscount !== null) return signature.gives
  for (const [index, argument] of given.entries()) {
    const wanted = signature.takes[index] ?? signature.takes.at(-1)!
    expect(wanted, `call to function "${name}"`, argument, types[index]!, faults)
  }
  return signature.gives
}

const NOTHING_CALLED: Call = { name: '', arguments: [], grouping: null }

function miscountedAggregation(given: number, wanted: number): string | null {
  if (given === 0) return 'no arguments for aggregate expression provided'
  return given === wanted
    ? null
    : `wrong number of arguments for aggregate expression provided, expected ${wanted}, got ${given}`
}

function miscountedCall(name: string, given: number, { least, most }: Signature): string | null {
  if (given >= least && given <= most) return null
  const expected = least === most ? `${least}` : given < least ? `at least ${least}` : `at most ${most}`
  return `expected ${expected} argument(s) in call to "${name}", got ${given}`
}

function expect(
  wanted: ValueType,
  context: string,
  argument: Expression,
  type: KnownType,
  faults: Fault[],
): void {
  if (type !== null && type !== wanted)
    note(`expected type ${wanted} in ${context}, got ${type}`, argument, faults)
}

function note(message: string | null, { node }: Expression, faults: Fault[]): void {
  if (message !== null) faults.push(faultAt(node.from, message))
}

function faultAt(offset: number, message: string): Fault {
  return { kind: 'type', message, offset }
}
