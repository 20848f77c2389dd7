/** Whether a guard protects; see `Guard`. What protects least comes first. */
export const GUARD_STATES = ['absent', 'inert', 'unknown', 'delegated', 'present'] as const

export type GuardState = (typeof GUARD_STATES)[number]
