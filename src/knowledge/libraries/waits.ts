/** What a library file says of calls that wait on purpose. */
import * as z from 'zod'

/** An option, of the call or of what is made for it by one of these names, which says that it waits: with one of the texts, or any. */
export const waiting = z.strictObject({
  made: z.array(z.string()).default([]),
  option: z.string(),
  texts: z.array(z.string()).default([]),
})

/** Objects that take over the clients given to them as options, and the guards that they decide for those. */
export const manages = z.strictObject({
  new: z.array(z.string()).min(1),
  decides: z.array(z.string()).min(1),
  /** They wait for the client as long as it does, unless this option is off for it: then a guard that it lacks is a question. */
  waits: z.strictObject({ unless: z.array(z.string()).min(1), reason: z.string() }).optional(),
})

export type Manages = z.infer<typeof manages>
