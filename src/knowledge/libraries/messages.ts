/** What a library file says of messages: who handles them, when they are done, and how many may be sent. */
import { z } from 'zod'

/** Where a function is given that handles one message or job at a time. */
export const consumes = z.strictObject({
  new: z.array(z.string()).default([]),
  call: z.array(z.string()).default([]),
  argument: z.number().int().default(0),
  /** Decorators of a method that handles them, or of a class of which `method` does: `@Process()`, `@Processor('orders')`. */
  decorator: z.array(z.string()).default([]),
  method: z.string().optional(),
  /** Events of which one must be the first argument: `on('message', handle)`. */
  events: z.array(z.string()).default([]),
  /** Options of the argument that hold the function; none when the argument is the function. */
  options: z.array(z.string()).default([]),
  /** What says that a message is done: that the handler returns, or a call of one of the library's `acks`. */
  done: z.enum(['return', 'ack']).default('return'),
  /** What fails in the handler is handled again; where it is not, a failure that is caught loses nothing more. */
  again: z.boolean().default(true),
  /** An option beside the handler that makes the message done before the handler has it. */
  early: z.strictObject({ argument: z.number().int(), option: z.string() }).optional(),
})

/** Methods whose answer says that the reader cannot keep up, and what is done about it: `write`, `drain`. */
export const fills = z.strictObject({
  methods: z.array(z.string()).min(1),
  relief: z.array(z.string()).min(1),
})

/** Methods of which the receiver takes so many for each destination, in words: `one a second for each channel`. */
export const sendLimit = z.strictObject({
  methods: z.array(z.string()).min(1),
  rate: z.string(),
  source: z.string(),
})
