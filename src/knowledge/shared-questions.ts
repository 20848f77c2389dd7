/** Questions that no single rule asks: `rules/policies/questions.yaml`. */
import * as z from 'zod'
import { policyFile } from './policy-file.js'

/** What somebody is asked who knows the system: ends with a question mark. */
export const questionText = z
  .string('is missing: the question that a reviewer should ask where this is not known')
  .trim()
  .regex(/\S.*\?$/s, 'must be a question that ends with a question mark')

const sharedQuestionsSchema = z.strictObject({
  questions: z.strictObject({
    'no-entry': questionText,
    'components-only': questionText,
    'no-caller': questionText,
    published: questionText,
    'for-users': questionText,
    'browser-only': questionText,
    'not-listed': questionText,
    example: questionText,
    'set-aside': questionText,
    'test-double': questionText,
    unfilled: questionText,
    'decided-elsewhere': questionText,
    'environments-differ': questionText,
  }),
})

type SharedQuestions = z.infer<typeof sharedQuestionsSchema>['questions']

const policy = policyFile('questions.yaml', sharedQuestionsSchema)

export function sharedQuestions(): SharedQuestions {
  return policy().questions
}
