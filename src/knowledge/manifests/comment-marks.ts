/** Comments that a script replaces before a manifest is applied: `rules/policies/comment-marks.yaml`. */
import * as z from 'zod'
import { policyFile } from '../policy-file.js'
import { regularExpression } from '../regular-expression.js'

const patterns = z.array(regularExpression())

const commentMarksSchema = z.strictObject({ ofAny: patterns, ofImages: patterns })

export type CommentMarks = z.infer<typeof commentMarksSchema>

export const commentMarks = policyFile('comment-marks.yaml', commentMarksSchema)
