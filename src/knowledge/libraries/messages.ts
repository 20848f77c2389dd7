/** What a library file says of messages: who handles them, when they are done, and how many may be sent. */
import * as z from 'zod'

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

/** How a queue runs jobs again that failed: the options of a job, and of what makes the queue. */
export const jobRetries = z.strictObject({
  /** Modules of which a file must name one to set the options of jobs. */
  modules: z.array(z.string()).min(1),
  /** Option, wherever the queue is declared, that holds the options of all its jobs. */
  shared: z.string().optional(),
  /** Types of the options of a job: what is declared as one is given to jobs, wherever it goes. */
  types: z.array(z.string()).default([]),
  /** Calls that give a job, and where its options stand. */
  calls: z.array(z.strictObject({ methods: z.array(z.string()).min(1), options: z.array(z.number().int()) })),
  attempts: z.strictObject({ option: z.string(), unit: z.enum(['attempts', 'retries']) }),
  /** The wait: a number that is always the same, or an object whose `type` says how it grows. */
  wait: z.strictObject({
    option: z.string(),
    unit: z.enum(['ms', 's']),
    type: z.string().optional(),
    fixed: z.array(z.string()).default([]),
    growing: z.array(z.string()).default([]),
  }),
  /** Option of a random part, and a switch by which the wait grows with one. */
  jitter: z.string().optional(),
  grows: z.string().optional(),
  reason: z.string(),
  source: z.string(),
})

/** The lock of a running job, which whoever runs it renews: no limit of how long the job may take. */
export const renewedLock = z.strictObject({
  /** Modules of which a file must import one to set the option. */
  modules: z.array(z.string()).min(1),
  option: z.string(),
  /** What ends a job that hangs instead. */
  reason: z.string(),
  source: z.string(),
})

export type RenewedLock = z.infer<typeof renewedLock>

export type JobRetries = z.infer<typeof jobRetries>
