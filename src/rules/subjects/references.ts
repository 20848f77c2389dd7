/** Workloads as subjects, by what their pods refer to. */
import type { Workload } from '../../facts/kubernetes.js'
import { formatSource } from '../../facts/source.js'
import { nearest } from '../../knowledge/nearest.js'
import type { Manifests } from '../../system/manifests/manifests.js'
import type { Model } from '../../system/model.js'
import { patch } from '../../system/manifests/overrides.js'
import { referencesOf, type Referred } from '../../system/wiring/references.js'
import type { Subject } from '../subject.js'
import { objectSubject } from './object.js'

/** Parts of a container by which an overlay may add to, or take from, what it refers to. */
const REFERRING = ['env', 'envFrom']

export function referenceSubjects({ manifests, system }: Model): Subject[] {
  const keepsSecrets = manifests.objects.configs.some(({ kind }) => kind === 'Secret')
  return manifests.objects.workloads
    .filter(({ references }) => references.length > 0)
    .map((workload) => ({
      ...objectSubject('references', workload, system.runBy(workload), manifests),
      ...fieldsOf(workload, manifests, keepsSecrets),
    }))
}

function fieldsOf(
  workload: Workload,
  manifests: Manifests,
  keepsSecrets: boolean,
): Pick<Subject, 'fields' | 'at' | 'decidedElsewhere'> {
  const all = referencesOf(workload, manifests).filter((one) => isAsked(one, keepsSecrets))
  const missing = all.filter(({ state }) => state === 'missing')
  const unseen = all.filter(({ state }) => state === 'unseen')
  const patches = manifests
    .patchesOf(workload)
    .filter(
      ({ containers, at }) =>
        'volumes' in at || containers.some((one) => REFERRING.some((part) => part in one.at)),
    )
  return {
    at: missing[0] ? { missing: missing[0].reference.source } : {},
    decidedElsewhere: patches[0] ? { missing: patch(patches[0].source) } : {},
    fields: {
      name: workload.name,
      kind: workload.kind,
      count: all.length,
      missing: distinct(missing.map(missingWords)),
      unseen: distinct(unseen.map(unseenWords)),
    },
  }
}

/** Most teams keep their Secrets out of the files: only whoever has some among them may have forgotten one. */
function isAsked({ reference: { kind }, isFound }: Referred, keepsSecrets: boolean): boolean {
  return kind !== 'Secret' || isFound || keepsSecrets
}

/** Of an object that stands there empty it is the key that nobody makes. */
function unseenWords({ reference: { kind, name, key }, isFound }: Referred): string {
  return isFound ? `the key ${key} of ${kind} ${name}` : `${kind} ${name}`
}

function missingWords({ reference: { kind, name, key, source }, keys }: Referred): string {
  const meant = nearest(key ?? '', keys)
  const hint = meant === null ? '' : `, did you mean ${meant}?`
  return `the key ${key} of ${kind} ${name} (${formatSource(source)}${hint})`
}

function distinct(words: string[]): string[] {
  return [...new Set(words)].sort()
}
