/** What comments say of a program that drains before it closes: `rules/policies/drain-remarks.yaml`. */
import * as z from 'zod'
import { policyFile } from '../policy-file.js'
import { regularExpression } from '../regular-expression.js'

export const drainRemarks = policyFile('drain-remarks.yaml', z.array(regularExpression('i')))
