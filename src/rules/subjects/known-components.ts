/** Whether a name that no component bears can be said to be none. */
import type { Joined } from '../../system/model.js'

/** Manifests or the configuration name services in any language; code alone shows those in TypeScript and JavaScript only. */
export function areComponentsKnown({
  facts,
  configuration,
}: Pick<Joined, 'facts' | 'configuration'>): boolean {
  return configuration.components.length > 0 || facts.of('workload').some(({ fragment }) => !fragment)
}
