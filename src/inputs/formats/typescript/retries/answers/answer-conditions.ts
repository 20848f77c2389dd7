/** What a condition says of the answer of a request: that it succeeded, that it failed, or nothing of that. */
import { codeWords } from '../../../../../knowledge/code-words.js'
import type { Survey } from '../../survey/survey.js'
import { isNothing } from '../../syntax/scope.js'
import { bare, ts, type TS } from '../../syntax/syntax.js'
import { valueOf } from '../../values/values.js'

export interface Answer {
  name: string
  /** What an answer that is taken apart says of its failure: `error` of `const { data, error } = await …`. */
  failure: string | null
  /** A failure gives nothing, instead of being thrown. */
  isCaught: boolean
  /** What is asked of a failure before that. */
  refused: TS.Expression[]
}

type Saying = 'success' | 'failure' | null

/** Answers that say "not yet", or "not you": to ask again is no retry. */
const NO_FAILURES = [401, 403, 404, 409, 423, 425]

export function saysOf(condition: TS.Expression, answer: Answer, survey: Survey): Saying {
  const node = bare(condition)
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return opposite(saysOf(node.operand, answer, survey))
  if (ts.isPropertyAccessExpression(node))
    return isOf(node, answer) && codeWords().successMembers.test(node.name.text) ? 'success' : null
  if (ts.isIdentifier(node)) return saysName(node.text, answer)
  return ts.isBinaryExpression(node) ? saysComparison(node, answer, survey) : null
}

function saysName(name: string, answer: Answer): Saying {
  if (name === answer.failure) return 'failure'
  return answer.isCaught && name === answer.name ? 'success' : null
}

const opposite = (saying: Saying): Saying =>
  saying === null ? null : saying === 'success' ? 'failure' : 'success'

const isOf = (node: TS.PropertyAccessExpression, { name }: Answer): boolean =>
  ts.isIdentifier(node.expression) && node.expression.text === name

function saysComparison(
  { left, right, operatorToken }: TS.BinaryExpression,
  answer: Answer,
  survey: Survey,
): Saying {
  const sign = operatorToken.getText()
  if (sign === '&&' || sign === '||') return saysOf(left, answer, survey) ?? saysOf(right, answer, survey)
  const asked = bare(left)
  const named = isNothing(bare(right)) ? saysName(asked.getText(), answer) : null
  if (named !== null) return sign.startsWith('!') ? named : opposite(named)
  if (!ts.isPropertyAccessExpression(asked) || !isOf(asked, answer)) return null
  if (!codeWords().statusCodes.test(asked.name.text)) return null
  const status = valueOf(right, survey.resolver)
  return status.kind === 'number' ? saysStatus(sign, status.value) : null
}

function saysStatus(sign: string, status: number): Saying {
  const kind = kindOf(status)
  if (/^={2,3}$/.test(sign)) return kind
  if (/^!={1,2}$/.test(sign)) return opposite(kind)
  if (sign.startsWith('>')) return status >= 399 ? 'failure' : null
  return sign.startsWith('<') && status > 299 && status <= 500 ? 'success' : null
}

function kindOf(status: number): Saying {
  if (status === 200 || status === 201 || status === 204) return 'success'
  return status >= 400 && status < 600 && !NO_FAILURES.includes(status) ? 'failure' : null
}
