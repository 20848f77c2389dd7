/** What a library file says of the connections that a client keeps open. */
import * as z from 'zod'

export const pool = z.strictObject({
  /** Names of creations that make a pool; without it all do. */
  only: z.array(z.string()).optional(),
  /** Names of creations that open one connection. */
  single: z.array(z.string()).default([]),
  /** Options that hold another client, which keeps the connections. */
  heldBy: z.array(z.string()).default([]),
  /** Options of the creation that set the size, the first that is written counts. */
  options: z.array(z.string()).default([]),
  /** Parameters of the address that set it. */
  parameters: z.array(z.string()).default([]),
  /** Connections without any of them; none where the machine decides. */
  connections: z.int().positive().optional(),
  reason: z.string(),
  /** Where it was checked: library version and how. */
  source: z.string().optional(),
})

export type PoolFacts = z.infer<typeof pool>
