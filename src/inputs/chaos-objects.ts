/** What objects of chaos tools have alike: identity, times, what labels say of the target. */
import { formatInstant, parseInstant } from '../facts/instants.js'
import type { Moment } from '../recovery/sampled-recovery.js'
import { experimentActions } from '../knowledge/experiment-actions.js'
import type { Field } from './field.js'
import { DATA_FILES } from './extensions.js'

export interface Identity {
  name: string
  namespace: string
  labels: Record<string, string>
  annotations: Record<string, string>
  /** Unique for one object that existed; null for a manifest. */
  uid: string | null
  createdAt: string | null
}

const SECOND = 1000

/** Whether a text holds objects of an API group, without parsing it. */
export function mentionsGroup(
  { extension, text }: { extension: string; text: string },
  group: string,
): boolean {
  return (
    DATA_FILES.includes(extension) &&
    // Most files do not so much as name the group, and that is told much faster.
    text.includes(`${group}/`) &&
    new RegExp(`^[^#\\n]*\\bapiVersion['"]?\\s*:\\s*['"]?${group.replaceAll('.', '\\.')}/`, 'm').test(text)
  )
}

export function identityOf(object: Field): Identity {
  const metadata = object.get('metadata')
  return {
    name: metadata.get('name').text() ?? metadata.get('generateName').text()?.replace(/-$/, '') ?? '',
    namespace: metadata.get('namespace').text() ?? 'default',
    labels: metadata.get('labels').texts(),
    annotations: metadata.get('annotations').texts(),
    uid: metadata.get('uid').text(),
    createdAt: timeOf(metadata.get('creationTimestamp')),
  }
}

/** Declared by a label or an annotation. */
export function declaredIn({ labels, annotations }: Identity, ...names: string[]): string | null {
  return names.map((name) => labels[name] ?? annotations[name]).find((value) => value !== undefined) ?? null
}

/** RFC 3339 in UTC; what is no time is a problem at its place. */
export function timeOf(field: Field): string | null {
  const moment = momentOf(field)
  return moment && formatInstant(moment.earliest)
}

/** Kubernetes cuts times to whole seconds: the moment lies in that second. */
export function momentOf(field: Field): Moment | null {
  if (!field.exists) return null
  // A date that YAML resolves to a time is one too.
  const text = field.value instanceof Date ? field.value.toISOString() : field.text()
  const at = text === null ? null : parseInstant(text)
  if (at === null) {
    if (text !== null)
      field.problem(`${field.path.join('.')}: "${text}" is not a date and time; export the object again`)
    return null
  }
  return { earliest: at, latest: at % SECOND === 0 ? at + SECOND - 1 : at }
}

/** The name by which labels speak of a workload; null when none of those usual for it is there. */
export function targetByLabels(labels: Record<string, string>): string | null {
  const known = experimentActions().targetLabels.find((label) => labels[label])
  return known === undefined ? null : labels[known]!
}
