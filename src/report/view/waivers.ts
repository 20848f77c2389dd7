/** Why a finding is accepted, and where that was written when it was written for another tool. */
import { IN_PLACE } from '../../score/acceptance.js'
import type { Check } from '../result.js'
import { placeOf } from './findings.js'

export function viewWaiver({ inherited, owner, ...waiver }: NonNullable<Check['waiver']>) {
  return {
    ...waiver,
    owner: owner === IN_PLACE ? null : owner,
    inherited: inherited ? { ...inherited, place: placeOf(inherited) } : null,
  }
}
