/** One rule of the catalogue: what is expected of one kind of subject, and the words around it. All data, one YAML file. */
import * as z from 'zod'
import { SEVERITIES } from '../knowledge/severities.js'
import { questionText } from '../knowledge/shared-questions.js'
import { SUBJECT_KINDS } from './subject-types.js'

const sentence = z
  .string()
  .trim()
  .min(1)
  .regex(/[.?!]$/, 'must be a sentence that ends with a full stop')
const expression = z.string().trim().min(1)

export const ruleSchema = z.strictObject({
  /** Equals the file name. */
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be kebab-case'),
  /** What holds when it passes, and what is wrong when it fails. */
  title: z.string().min(1),
  failure: z.string().min(1),
  /** A word of `rules/policies/patterns.yaml`. */
  pattern: z.string(),
  category: z.string(),
  severity: z.enum(SEVERITIES),
  /** One concrete sentence: what happens to users or operators without it. */
  prevents: sentence,
  subject: z.enum(SUBJECT_KINDS),
  /** Applicability in CEL; without it the rule applies to every subject of its kind. */
  when: expression.optional(),
  /** What must be known for an answer: where `that` is false the outcome is unknown, with the reason and what to ask a person. */
  needs: z
    .array(
      z.strictObject({
        that: expression,
        otherwise: z.string().min(1),
        question: questionText,
        /** `evidence`: all of it lacks this, so that one answer settles it for every subject, and no place says more. */
        about: z.enum(['subject', 'evidence']).default('subject'),
      }),
    )
    .default([]),
  /** True: pass. False: fail. */
  expect: expression,
  /** Name of the part of the subject that a finding points at, such as `replicas`; the subject's own place otherwise. */
  at: z.string().optional(),
  /** Handlebars over the subject's fields. */
  message: z.string().min(1),
  /** What makes it pass, where the title alone does not say; nothing where it does. Handlebars as well. */
  because: z.string().min(1).optional(),
  remediation: sentence,
  references: z.array(z.url()).default([]),
  /** An alert that fails it tells nothing, whatever happens: it cannot fire, or fires always. Nothing is noticed by it. */
  silences: z.boolean().default(false),
  /** The fault of `rules/policies/faults.yaml` whose injection would prove it; null where no fault can. */
  fault: z.string().nullable(),
  /** Numbers the expression reads as `parameters.NAME`; `resilience.yaml` may set them. */
  parameters: z.record(z.string(), z.number()).default({}),
})

export type Rule = z.infer<typeof ruleSchema>
