/** What a library file says of calls that wait on purpose. */
import { z } from 'zod'

/** An option, of the call or of what is made for it by one of these names, which says that it waits: with one of the texts, or any. */
export const waiting = z.strictObject({
  made: z.array(z.string()).default([]),
  option: z.string(),
  texts: z.array(z.string()).default([]),
})
