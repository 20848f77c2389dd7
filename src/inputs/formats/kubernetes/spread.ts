/** How the pods of a workload are kept apart: topologySpreadConstraints and pod anti-affinity. */
import type { AntiAffinity, SpreadConstraint } from '../../../facts/spread.js'
import type { Field } from '../../field.js'
import { readLabelSelector } from './label-selector.js'

export function readAntiAffinity(pod: Field): AntiAffinity[] {
  const antiAffinity = pod.get('affinity', 'podAntiAffinity')
  const terms = [
    ...antiAffinity.get('requiredDuringSchedulingIgnoredDuringExecution').items(),
    ...antiAffinity
      .get('preferredDuringSchedulingIgnoredDuringExecution')
      .items()
      .map((term) => term.get('podAffinityTerm')),
  ]
  return terms.map((term) => ({
    topologyKey: term.get('topologyKey').text(),
    selector: readLabelSelector(term.get('labelSelector')),
  }))
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
