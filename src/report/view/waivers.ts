/** Why a finding is accepted, and where that was written when it was written for another tool. */
import type { Check } from '../result.js'
import { placeOf } from './findings.js'

/** Who is named as the owner of a finding that a comment or annotation beside it accepts. */
const IN_PLACE = 'in place'

export function viewWaiver({ inherited, owner, ...waiver }: NonNullable<Check['waiver']>) {
  return {
    ...waiver,
    owner: owner === IN_PLACE ? null : owner,
    inherited: inherited ? { ...inherited, place: placeOf(inherited) } : null,
  }
}
