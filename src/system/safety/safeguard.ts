/** One part of a safety policy set against a run. */

export interface Safeguard {
  /** Whether a policy asks anything of this run here. */
  stated: boolean
  /** What was against it. */
  breaches: string[]
  /** What the record does not tell. */
  open: string[]
}

export function safeguard(stated: boolean): Safeguard {
  return { stated, breaches: [], open: [] }
}
