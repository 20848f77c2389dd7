/** Label selectors, whole: labels and expressions. */
import type { LabelExpression, LabelSelector } from '../../../facts/label-selector.js'
import type { Field } from '../../field.js'

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const

/** Null where none is written, which is not the same as an empty one. */
export function readLabelSelector(selector: Field): LabelSelector | null {
  if (!selector.exists) return null
  return {
    labels: selector.get('matchLabels').texts(),
    expressions: selector.get('matchExpressions').items().map(readExpression),
  }
}

function readExpression(expression: Field): LabelExpression {
  const written = expression.get('operator').text()
  const operator = OPERATORS.find((known) => known === written)
  const key = expression.get('key').text()
  if (!operator || key === null)
    expression.problem(`matchExpressions: write a key and one of the operators ${OPERATORS.join(', ')}`)
  return {
    key: key ?? '',
    operator: key === null ? 'refused' : (operator ?? 'refused'),
    values: expression
      .get('values')
      .items()
      .flatMap((value) => value.text() ?? []),
  }
}
