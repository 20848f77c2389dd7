/** Objects of kinds that were served under other API versions, as subjects: whether a cluster still takes them. */
import type { ManifestObject } from '../../facts/kubernetes.js'
import { hasRemovals, removalOf } from '../../knowledge/manifests/api-versions.js'
import { isWhole } from '../../system/manifests/manifest-objects.js'
import type { Model } from '../../system/model.js'
import type { Named } from '../../system/manifests/sameness.js'
import type { Subject } from '../subject.js'
import { objectSubject } from './object.js'

export function apiObjectSubjects({ facts, manifests, system }: Model): Subject[] {
  const { workloads, budgets, autoscalers, entryPoints } = manifests.objects
  const others = [...budgets, ...autoscalers, ...entryPoints, ...facts.of('outdated-object')]
  return [
    ...workloads.map((workload) => ({ object: workload, component: system.runBy(workload) })),
    ...others.filter(isWhole).map((object) => ({ object, component: undefined })),
  ]
    .filter(({ object }) => hasRemovals(object.kind))
    .map(({ object, component }) => ({
      ...objectSubject('apiobject', object, component, manifests),
      fields: objectFields(object),
    }))
}

function objectFields({ kind, name, apiVersion }: ManifestObject & Named): object {
  const removal = removalOf(apiVersion, kind)
  return {
    kind,
    name,
    apiVersion,
    removedIn: removal?.release ?? null,
    removedMinor: removal ? Number(removal.release.split('.')[1]) : null,
    use: removal?.use ?? null,
  }
}
