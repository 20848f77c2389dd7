/** Numbers that an expression writes out. */
import { parseDuration } from '../../facts/units.js'
import { asBinary, inside, textOf, type Expression } from './expression.js'

const ARITHMETIC: Record<string, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '^': (a, b) => a ** b,
}

/** The number that an expression of literals comes to: `10 * 1024`, `-1`, `5m` (300). Null when series take part. */
export function constantOf(expression: Expression): number | null {
  const { node } = expression
  if (node.name === 'NumberDurationLiteral') return numberOf(textOf(expression))
  const inner = inside(expression)
  if (node.name === 'ParenExpr' && inner) return constantOf(inner)
  if (node.name === 'UnaryExpr' && inner) {
    const value = constantOf(inner)
    return value !== null && textOf(expression).startsWith('-') ? -value : value
  }
  const binary = asBinary(expression)
  const calculate = binary && ARITHMETIC[binary.operator]
  if (!binary || !calculate) return null
  const [left, right] = [constantOf(binary.left), constantOf(binary.right)]
  return left === null || right === null ? null : calculate(left, right)
}

function numberOf(literal: string): number | null {
  const plain = literal.replaceAll('_', '').toLowerCase()
  if (/^[+-]?inf$/.test(plain)) return plain.startsWith('-') ? -Infinity : Infinity
  if (plain === 'nan') return null
  const number = Number(plain)
  return Number.isNaN(number) ? parseDuration(plain) : number
}
