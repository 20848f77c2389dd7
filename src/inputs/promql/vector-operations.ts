/** Binary operations between two vectors: where series have to match. */
import type { Query } from '../../facts/alert.js'
import { asBinary, isAggregation, isScalar, type Expression } from './expression.js'
import { selectorsIn } from './selectors.js'

type VectorOperation = Query['vectorOperations'][number]

export function vectorOperationsIn({ node, text }: Expression): VectorOperation[] {
  const found: VectorOperation[] = []
  node.forEach((below) => {
    const binary = below.name === 'BinaryExpr' ? asBinary({ node: below, text }) : null
    if (!binary || isScalar(binary.left) || isScalar(binary.right)) return
    found.push({
      operator: binary.operator,
      hasMatching: binary.matching !== null,
      left: selectorsIn(binary.left),
      right: selectorsIn(binary.right),
      leftAggregates: aggregates(binary.left),
      rightAggregates: aggregates(binary.right),
    })
  })
  return found
}

function aggregates({ node, text }: Expression): boolean {
  let found = false
  node.forEach((below) => {
    found ||= isAggregation({ node: below, text })
    return !found
  })
  return found
}
