/** Whether the pods of a workload have a mesh's proxy beside them, by the labels and annotations that switch it on. */
import type { Workload } from '../../facts/kubernetes.js'
import type { Namespace } from '../../facts/mesh.js'
import { formatSource } from '../../facts/source.js'
import { meshKnowledge } from '../../knowledge/manifests/mesh.js'
import type { Manifests } from '../manifests/manifests.js'

export interface Membership {
  /** Null: not known. */
  isIn: boolean | null
  /** Kinds of rules that its mesh reads; null where no mesh is known to have it. */
  kinds: string[] | null
  reason: string
}

type Marks = Record<string, string>
type Switches = Record<string, [string[], string[]]>

export function membershipOf(workload: Workload, manifests: Manifests): Membership {
  const name = `${workload.kind} ${workload.name}`
  if (workload.hostNetwork)
    return { isIn: false, kinds: null, reason: `${name} uses the network of its node, and gets no proxy` }
  const { injection, ambient } = meshKnowledge()
  const namespaces = namespacesOf(workload, manifests)
  const pod = { ...workload.podAnnotations, ...workload.podLabels }
  for (const { kinds, proxy, offIsFinal, pod: own, namespace: shared } of injection) {
    const whole = namespaces.map((one) => ({ one, decided: decidedBy(shared, marksOf(one)) }))
    const isOff = offIsFinal && whole.some((each) => each.decided?.on === false)
    const decided = isOff ? null : decidedBy(own, pod)
    if (decided)
      return {
        isIn: decided.on,
        kinds,
        reason: `${name} has ${decided.mark}: ${decided.on ? 'a' : 'no'} ${proxy}`,
      }
    const found = whole.find((each) => each.decided)
    if (found?.decided)
      return {
        isIn: found.decided.on,
        kinds,
        reason: `Namespace ${found.one.name} (${formatSource(found.one.source)}) has ${found.decided.mark}`,
      }
  }
  const marks = [pod, ...namespaces.map(marksOf)]
  if (marks.some((all) => all[ambient.label] === ambient.value))
    return {
      isIn: null,
      kinds: null,
      reason: `${name} is in an ambient mesh, where only a waypoint applies rules for HTTP, and whether one is in front of the callee was not seen`,
    }
  return {
    isIn: null,
    kinds: null,
    reason: `no label of ${name} or of its namespace that was read puts a proxy beside it`,
  }
}

function namespacesOf(workload: Workload, { kustomizations, objects }: Manifests): Namespace[] {
  const names = kustomizations.namespacesOf(workload)
  return objects.namespaces.filter(({ name }) => names.includes(name))
}

function marksOf({ labels, annotations }: Namespace): Marks {
  return { ...annotations, ...labels }
}

/** Null where none of the marks is there, or none of its values is known. */
function decidedBy(switches: Switches, marks: Marks): { on: boolean; mark: string } | null {
  for (const [key, [on, off]] of Object.entries(switches)) {
    const value = marks[key]
    if (value === undefined) continue
    if (off.includes(value)) return { on: false, mark: `${key}=${value}` }
    if (on.includes(value) || on.includes('*')) return { on: true, mark: `${key}=${value}` }
  }
  return null
}
