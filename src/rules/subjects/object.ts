/** What every manifest object has as a subject. */
import type { ManifestObject } from '../../facts/kubernetes.js'
import type { Component } from '../../system/component.js'
import type { Manifests } from '../../system/manifests.js'
import type { Named } from '../../system/sameness.js'
import type { Subject } from '../subject.js'

export function objectSubject(
  kind: Subject['kind'],
  object: ManifestObject & Named,
  component: Component | undefined,
  manifests: Manifests,
): Omit<Subject, 'fields'> {
  return {
    kind,
    identity: manifests.identityOf(object),
    label: `${object.kind} ${object.name}`,
    component: component?.id ?? null,
    source: object.source,
    at: object.at,
    ignores: object.ignores,
  }
}
