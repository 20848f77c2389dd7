/** Chaos tools, what they write of their runs, and their words for how it went: `rules/policies/experiment-tools.yaml`. */
import * as z from 'zod'
import { policyFile } from './policy-file.js'

const MEANINGS = [
  'waiting',
  'going',
  'done',
  'failed',
  'stopping',
  'stopped',
  'cancelled',
  'skipped',
  'broken',
  'lost',
  'chosen',
  'injected',
  'removing',
  'reverted',
] as const

export type Meaning = (typeof MEANINGS)[number]

/** Of what a state is told. */
const BEARERS = ['run', 'step', 'probe', 'target'] as const

export type Bearer = (typeof BEARERS)[number]

const experimentToolsSchema = z.record(
  z.string(),
  z.strictObject({
    title: z.string().min(1),
    /** What tells of its runs; null for a tool that keeps no record. */
    records: z.string().min(1).nullable(),
    /** The tool's word to what it means. */
    states: z
      .partialRecord(
        z.enum(BEARERS),
        z
          .record(z.string().min(1), z.enum(MEANINGS))
          .transform((words) =>
            Object.fromEntries(Object.entries(words).map(([word, meaning]) => [plain(word), meaning])),
          ),
      )
      .default({}),
  }),
)

export type ExperimentTool = z.infer<typeof experimentToolsSchema>[string]

/** By the format that reads what the tool writes. */
export const experimentTools = policyFile('experiment-tools.yaml', experimentToolsSchema)

/** What a tool's word for a state means; null for none, and for one that is not known. */
export function meaningOf(format: string, bearer: Bearer, word: string | null): Meaning | null {
  const words = experimentTools()[format]?.states[bearer]
  const key = word === null ? '' : plain(word)
  return words && Object.hasOwn(words, key) ? words[key]! : null
}

/** `Passed 👍` and `passed` are one. */
function plain(word: string): string {
  return word
    .toLowerCase()
    .replace(/[^\p{L}\p{N}/]+/gu, ' ')
    .trim()
}
