/** What every manifest object has as a subject. */
import type { ManifestObject } from '../../facts/kubernetes.js'
import type { PeerIgnore } from '../../facts/suppression.js'
import type { Component } from '../../system/component.js'
import type { Manifests } from '../../system/manifests/manifests.js'
import type { Named } from '../../system/manifests/sameness.js'
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
    peerIgnores: peerIgnoresOf(object, manifests),
  }
}

/** Without those of a tool that a patch of the object says something else to. */
export function peerIgnoresOf(object: ManifestObject, manifests: Manifests): PeerIgnore[] {
  if (!object.peerIgnores) return []
  const patched = new Set(manifests.ignoringPatchesOf(object).map(({ tool }) => tool))
  return object.peerIgnores.filter(({ tool }) => !patched.has(tool))
}
