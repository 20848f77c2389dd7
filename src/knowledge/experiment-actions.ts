/** What the actions of an experiment do: the words of `rules/policies/experiment-actions.yaml`. */
import * as z from 'zod'
import { policyFile } from './policy-file.js'

const words = z.array(z.string().min(1))

export const EXPERIMENT_PARTS = [
  'hypothesis',
  'baseline',
  'blastRadius',
  'injection',
  'observation',
  'abort',
  'rollback',
] as const

const experimentActionsSchema = z.strictObject({
  undoing: words,
  starting: words,
  preparing: words,
  waiting: words,
  checking: words,
  load: words,
  endsByItself: words,
  foreign: words,
  own: words,
  printsTarget: words,
  runTags: words,
  targetArguments: words,
  selectorArguments: words,
  experimentLabels: words,
  targetLabels: words,
  scopeArguments: words,
  abort: words,
  unscoped: z.array(
    z.strictObject({
      commands: words,
      verbs: words,
      /** Kinds of Kubernetes objects. */
      objects: words,
      flags: words,
      /** Flags with which nothing happens. */
      harmless: words,
    }),
  ),
  /** Part of a definition to the words for it. */
  frame: z.partialRecord(z.enum(EXPERIMENT_PARTS), z.string()),
  settleSeconds: z.number().nonnegative(),
})

export type ExperimentActions = z.infer<typeof experimentActionsSchema>

/** The words that come with the tool, read once. */
export const experimentActions = policyFile('experiment-actions.yaml', experimentActionsSchema)
