/** Why a finding is accepted, and where that was written when it was written for another tool. */
import type { Check } from '../result.js'
import { placeOf } from './findings.js'

export function viewWaiver({ inherited, ...waiver }: NonNullable<Check['waiver']>) {
  return { ...waiver, inherited: inherited ? { ...inherited, place: placeOf(inherited) } : null }
}
