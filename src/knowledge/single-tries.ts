/** Libraries that try each call once: `rules/policies/single-tries.yaml`. */
import * as z from 'zod'
import { policyFile } from './policy-file.js'

const singleTriesSchema = z.strictObject({ libraries: z.record(z.string(), z.string()) })

export const singleTries = policyFile('single-tries.yaml', singleTriesSchema)
