/** What a library file says of failures that stand in what a call answers, where nothing is thrown. */
import * as z from 'zod'

const common = {
  /** The calls that answer so; `*` is any. */
  methods: z.array(z.string()).min(1).default(['*']),
  /** Members of the answer that tell it: whoever reads one of them looks at it. */
  members: z.array(z.string()).min(1),
  /** Methods called on the answer that give the same answer: `insert(order).select().single()`; `*` is any. */
  chained: z.array(z.string()).default([]),
  source: z.string(),
}

/** The call as a whole failed. */
export const answersFailure = z.strictObject({
  ...common,
  /** Methods of the chain by which it throws after all. */
  throwing: z.array(z.string()).default([]),
})

/** The call succeeded, and some of what it was given failed. */
export const answersParts = z.strictObject({
  ...common,
  /** Of calls that are given commands, those of which one must be: `new SendMessageBatchCommand(…)`. */
  commands: z.array(z.string()).default([]),
  /** Options by which somebody else is told of each. */
  unlessGiven: z.array(z.string()).default([]),
  /** What follows where nobody looks, in words: `messages that the queue refused count as sent`. */
  consequence: z.string(),
  /** It reads: what failed looks as if it were not there. */
  reads: z.boolean().default(false),
})
