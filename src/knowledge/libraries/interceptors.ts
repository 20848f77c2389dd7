/** What a library file says of classes of the project that stand around the handlers of requests, and how they are put there. */
import * as z from 'zod'

export const intercepts = z.strictObject({
  /** Decorator of a handler or its class: `UseInterceptors`. */
  decorator: z.string(),
  /** Token of a provider, and method of the application, by which one stands around all handlers. */
  token: z.string(),
  method: z.string(),
  /** Decorator of the classes whose methods are handlers. */
  handlers: z.array(z.string()).min(1),
  /** What it calls to go on to the handler: `handle`. */
  goesOn: z.string(),
})

export type Intercepts = z.infer<typeof intercepts>
