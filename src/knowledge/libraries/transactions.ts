/** What a library file says of what else runs inside a transaction, and what only after it. */
import * as z from 'zod'

/** Functions of the project that the library calls around a write, in the transaction of that write. */
const hooks = z.strictObject({
  /** Names as decorators have them: `BeforeDestroy`; methods and registering functions begin with a small letter. */
  around: z
    .array(z.strictObject({ names: z.array(z.string()).min(1), firedBy: z.array(z.string()).min(1) }))
    .default([]),
  /** Methods that take the name of a hook and the function: `addHook`. */
  register: z.array(z.string()).default([]),
  /** Decorators of classes whose methods are hooks: `EventSubscriber`. */
  subscribers: z.array(z.string()).default([]),
  /** Of the writes that fire them those that open a transaction by themselves where there is none. */
  opensOwn: z.array(z.string()).default([]),
  /** A method that takes functions by model and by the write that they stand around: `$extends({ query: { … } })`. */
  extend: z.strictObject({ method: z.string(), option: z.string() }).optional(),
})

export const transactional = {
  /** Methods that run a callback inside a transaction; behind a dot one of what the method before it gives: `transaction.execute`. */
  transactions: z.array(z.string()).default([]),
  /** What ends a transaction by itself; completes “a transaction of …, which …”. */
  transactionEnds: z.string().optional(),
  /** Methods whose callback runs when a transaction has ended. */
  afterCommit: z.array(z.string()).default([]),
  /** Functions that run inside the transaction of a write. */
  hooks: hooks.optional(),
}

export type HookFacts = z.infer<typeof hooks>
