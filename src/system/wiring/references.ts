/** What pods refer to by name: whether it is among the files, with the key that is asked for. */
import type { ConfigData, Workload } from '../../facts/kubernetes.js'
import type { ObjectReference } from '../../facts/references.js'
import { clusterObjects } from '../../knowledge/manifests/cluster-objects.js'
import type { Manifests } from '../manifests/manifests.js'

/** `there`: found, or optional. `missing`: the object is there without the key. `unseen`: the object is not among the files, or stands there without any key, to be filled by others. */
export interface Referred {
  reference: ObjectReference
  state: 'there' | 'missing' | 'unseen'
  isFound: boolean
  /** Those that it has, as far as they are known. */
  keys: string[]
}

export function referencesOf(workload: Workload, manifests: Manifests): Referred[] {
  return workload.references
    .filter(({ isOptional, kind, name }) => !isOptional && !isOfCluster(kind, name))
    .map((reference) => referred(reference, workload, manifests))
}

function referred(reference: ObjectReference, workload: Workload, manifests: Manifests): Referred {
  const { kind, name, key } = reference
  if (kind === 'ServiceAccount') {
    const { kustomizations, objects } = manifests
    const called = objects.accounts.filter((account) => kustomizations.namesOf(account).includes(name))
    const isSeen = manifests.met(workload, called).length > 0
    return { reference, state: isSeen ? 'there' : 'unseen', isFound: isSeen, keys: [] }
  }
  const sources = keySources(kind, name, workload, manifests)
  const isEmpty = sources.every((keys) => keys !== null && keys.length === 0)
  if (sources.length === 0 || (isEmpty && key !== null))
    return { reference, state: 'unseen', isFound: sources.length > 0, keys: [] }
  const isThere = key === null || sources.some((keys) => keys === null || keys.includes(key))
  return {
    reference,
    state: isThere ? 'there' : 'missing',
    isFound: true,
    keys: sources.flatMap((keys) => keys ?? []),
  }
}

/** The keys of everything that makes the object; null of what may have others too. */
function keySources(
  kind: ConfigData['kind'],
  name: string,
  workload: Workload,
  manifests: Manifests,
): (string[] | null)[] {
  const written = manifests.configsNamed(kind, name, workload)
  const generators = manifests.objects.kustomizations.flatMap(({ generates }) => generates)
  const made = [
    ...written.map(({ keys, isOpen }) => (isOpen ? null : keys)),
    ...generators.filter((one) => one.kind === kind && one.name === name).map(({ keys }) => keys),
  ]
  // A patch adds keys to an object, and makes none by itself.
  const patches = manifests.objects.fragments.configs.filter((one) => one.kind === kind && one.name === name)
  return made.length === 0 ? [] : [...made, ...patches.map(({ keys }) => keys)]
}

/** Kubernetes and its distributions put these into every namespace. */
function isOfCluster(kind: ObjectReference['kind'], name: string): boolean {
  return (clusterObjects()[kind] ?? []).includes(name)
}
