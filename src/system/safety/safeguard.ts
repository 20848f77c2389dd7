/** One part of a safety policy set against a run. */

export interface Safeguard {
  /** Whether a policy asks anything of this run here. */
  stated: boolean
  /** What was against it. */
  breaches: string[]
  /** What the record does not tell. */
  open: string[]
}

/** One for all runs of which nothing is asked, and those are most. */
const NOTHING_ASKED: Safeguard = { stated: false, breaches: [], open: [] }
Object.freeze(NOTHING_ASKED.breaches)
Object.freeze(NOTHING_ASKED.open)

export function safeguard(stated: boolean): Safeguard {
  return stated ? { stated, breaches: [], open: [] } : NOTHING_ASKED
}
