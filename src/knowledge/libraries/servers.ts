/** What a library file says of servers and of state machines. */
import * as z from 'zod'

/** Functions that read the bodies of requests, or make the server that does, and the option that limits their size. */
export const bodyLimits = z.strictObject({
  call: z.array(z.string()).min(1),
  option: z.string(),
  /** It reads only what it is mounted for: `app.use(express.json())`. */
  mounted: z.boolean().default(true),
})

/** An option of the function that makes the server, and what holds without it. */
export const slowRequests = z.strictObject({
  call: z.array(z.string()).min(1),
  option: z.string(),
  reason: z.string(),
})

/** Functions that make a state machine, and what in a state's definition leads on: events, time, or the state itself. */
export const machines = z.strictObject({
  call: z.array(z.string()).min(1),
  states: z.string(),
  events: z.string(),
  time: z.array(z.string()).min(1),
  itself: z.array(z.string()).default([]),
})

/** Functions of libraries that act on a termination signal: those that stop the server themselves, and those that run the function given to them. */
export const onTermination = z.strictObject({
  drains: z.array(z.string()).default([]),
  runs: z.array(z.string()).default([]),
})
