/** How the pods of a workload are kept apart: topologySpreadConstraints and pod anti-affinity. */
import type { SpreadConstraint } from '../../../facts/spread.js'
import type { Field } from '../../field.js'
import { readLabelSelector } from './label-selector.js'

/** Topology keys over which pods are spread. */
export function spreadOf(pod: Field): string[] {
  const antiAffinity = pod.get('affinity', 'podAntiAffinity')
  const terms = [
    ...pod.get('topologySpreadConstraints').items(),
    ...antiAffinity.get('requiredDuringSchedulingIgnoredDuringExecution').items(),
    ...antiAffinity
      .get('preferredDuringSchedulingIgnoredDuringExecution')
      .items()
      .map((term) => term.get('podAffinityTerm')),
  ]
  return [...new Set(terms.flatMap((term) => term.get('topologyKey').text() ?? []))].sort()
}

export function readConstraint(constraint: Field): SpreadConstraint {
  return {
    source: constraint.source,
    topologyKey: constraint.get('topologyKey').text(),
    maxSkew: numberIn(constraint.get('maxSkew')),
    minDomains: numberIn(constraint.get('minDomains')),
    whenUnsatisfiable: constraint.get('whenUnsatisfiable').text(),
    selector: readLabelSelector(constraint.get('labelSelector')),
  }
}

/** A number that cannot be read, a placeholder say, is written all the same. */
function numberIn(field: Field): number | null {
  return field.number() ?? (field.exists ? 1 : null)
}
