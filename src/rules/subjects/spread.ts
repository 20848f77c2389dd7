/** How the pods of a workload are kept apart, and what is wrong with its topologySpreadConstraints, in words. */
import type { Workload } from '../../facts/kubernetes.js'
import { formatSource } from '../../facts/source.js'
import type { SpreadConstraint } from '../../facts/spread.js'
import type { Manifests } from '../../system/manifests/manifests.js'
import { isTaken, matches } from '../../system/manifests/selection.js'

const ACTIONS = ['DoNotSchedule', 'ScheduleAnyway']

/**
 * Topology keys over which its pods are kept apart. A constraint counts however it is written, for what is wrong with it is a
 * finding of its own; anti-affinity only where it is towards pods of the workload itself.
 */
export function spreadOver(workload: Workload, manifests: Manifests): string[] {
  const labels = manifests.pods.labelsOf(workload)
  const towardsItself = workload.antiAffinity.filter(
    ({ selector }) => !isTaken(selector) || labels.some((each) => matches(selector, each)),
  )
  const keys = [...workload.spreadConstraints, ...towardsItself].flatMap(
    ({ topologyKey }) => topologyKey ?? [],
  )
  return [...new Set(keys)].sort()
}

/** Each with its place; what Kubernetes refuses as in ValidatePodSpec, what it takes and does nothing with as in the scheduler. */
export function spreadFaults(workload: Workload, manifests: Manifests): string[] {
  const labels = manifests.pods.labelsOf(workload)
  return workload.spreadConstraints.flatMap((constraint, index) => {
    const before = workload.spreadConstraints.slice(0, index)
    const faults = [...refusals(constraint, before), ...idleness(constraint, labels)]
    return faults.map((fault) => `${formatSource(constraint.source)} ${fault}`)
  })
}

function refusals(constraint: SpreadConstraint, before: SpreadConstraint[]): string[] {
  const { topologyKey, maxSkew, minDomains, whenUnsatisfiable } = constraint
  const refused = (what: string): string => `${what}, which Kubernetes rejects`
  const isRepeated = before.some(
    (other) => other.topologyKey === topologyKey && other.whenUnsatisfiable === whenUnsatisfiable,
  )
  return [
    ...(topologyKey ? [] : [refused('has no topologyKey')]),
    ...(maxSkew === null || maxSkew < 1 ? [refused(`has ${written('maxSkew', maxSkew)}`)] : []),
    // What has more than letters is a placeholder.
    ...(ACTIONS.includes(whenUnsatisfiable ?? '') || !/^[A-Za-z]*$/.test(whenUnsatisfiable ?? '')
      ? []
      : [refused(`has ${written('whenUnsatisfiable', whenUnsatisfiable)}`)]),
    ...(minDomains !== null && minDomains < 1 ? [refused(`has minDomains ${minDomains}`)] : []),
    ...(minDomains !== null && whenUnsatisfiable === 'ScheduleAnyway'
      ? [refused(`has minDomains ${minDomains} with ScheduleAnyway`)]
      : []),
    ...(topologyKey && isRepeated
      ? [refused(`repeats ${topologyKey} with ${whenUnsatisfiable ?? 'the same whenUnsatisfiable'}`)]
      : []),
  ]
}

/** Constraints that are taken and spread nothing, because they do not count the pods themselves. */
function idleness({ selector }: SpreadConstraint, labels: Record<string, string>[]): string[] {
  if (selector === null) return ['has no labelSelector: it counts no pods, so it spreads nothing']
  return isTaken(selector) && !labels.some((each) => matches(selector, each))
    ? [
        'has a labelSelector that does not match its own pods: it counts other pods, so it does not spread these',
      ]
    : []
}

function written(name: string, value: string | number | null): string {
  return value === null ? `no ${name}` : `${name} ${value}`
}
