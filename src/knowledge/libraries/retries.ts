/** What a library file says of repeating calls. */
import * as z from 'zod'

/** Calls whose repetition is seen outside. */
export const effects = z.strictObject({
  methods: z.array(z.string()).default([]),
  /** Option of a call that holds the HTTP method, where the name of the call does not say it. */
  option: z.string().optional(),
  /** Options by which the receiver recognises a repeated call, the usual one first. */
  keys: z.array(z.string()).default([]),
})

/** Why an option does nothing for calls with an effect, such as POST, unless one of the options `unless` stands beside it. */
export const spared = z.strictObject({ reason: z.string(), unless: z.array(z.string()).default([]) })

/** How a function given to a library ends or chooses its retries. */
export const triesAgain = z.strictObject({
  /** Options that hold a function which is asked whether to try again. */
  asks: z.array(z.string()).default([]),
  /** Errors thrown by the wrapped function that end it: `AbortError`. */
  endsBy: z.array(z.string()).default([]),
  /** The wrapped function gets a function that ends it: `bail`. */
  bails: z.boolean().default(false),
  /** A policy given as this argument chooses the failures, unless it is one of `all`. */
  policy: z.strictObject({ argument: z.number().int(), all: z.array(z.string()) }).optional(),
})
