/** How urgent a chain is: the first row of the policy's table whose conditions hold. */
import type { ChainPolicy } from '../../knowledge/policies.js'
import type { Notice } from '../alerts/notice.js'

export interface Standing {
  reachesEntry: boolean
  missing: number
  amplification: number
  noticed: Notice
}

export function priorityOf(standing: Standing, policy: ChainPolicy): ChainPolicy['priority'][number] {
  return policy.priority.find(
    ({ when }) =>
      (when.reachesEntry === undefined || when.reachesEntry === standing.reachesEntry) &&
      (when.noticed === undefined || when.noticed === standing.noticed) &&
      standing.missing >= (when.minMissing ?? 0) &&
      standing.amplification >= (when.minAmplification ?? 0),
  )!
}
