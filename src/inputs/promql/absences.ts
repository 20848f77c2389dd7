/** absent() of several series, which gives nothing until the last of them is gone. */
import { asCall, isAggregation, textOf, unwrap, type Expression } from './expression.js'
import { selectorOf } from './selectors.js'

const LIST = /^[\w:/-]+(\|[\w:/-]+)+$/

/** What makes them several, as written: `job=~"a|b"`, `by (job)`. */
export function jointAbsencesIn({ node, text }: Expression): string[] {
  const found: string[] = []
  node.forEach((below) => {
    const call = below.name === 'FunctionCall' ? asCall({ node: below, text }) : null
    const [argument] = call?.name.startsWith('absent') ? call.arguments : []
    if (argument) found.push(...severalIn(unwrap(argument)))
  })
  return [...new Set(found)]
}

function severalIn(absent: Expression): string[] {
  if (absent.node.name === 'VectorSelector')
    return selectorOf(absent)
      .matchers.filter(({ operator, value }) => operator === '=~' && LIST.test(value))
      .map(({ label, value }) => `${label}=~"${value}"`)
  const grouping = isAggregation(absent) ? asCall(absent)?.grouping : null
  if (grouping?.kind !== 'by' || grouping.labels.length === 0) return []
  return [`${textOf(absent).replace(/\s+/g, ' ').slice(0, 80)} for each ${grouping.labels.join(', ')}`]
}
