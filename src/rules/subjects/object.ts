/** What every manifest object has as a subject. */
import type { ManifestObject } from '../../facts/kubernetes.js'
import type { Component } from '../../system/component.js'
import type { Subject } from '../subject.js'

export function objectSubject(
  kind: Subject['kind'],
  object: ManifestObject,
  component: Component | undefined,
): Omit<Subject, 'fields'> {
  return {
    kind,
    identity: object.id,
    label: `${object.kind} ${object.name}`,
    component: component?.id ?? null,
    source: object.source,
    at: object.at,
    ignores: object.ignores,
  }
}
