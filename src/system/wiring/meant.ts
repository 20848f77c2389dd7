/** Which workloads a selector that selects nothing is meant for, by all appearance: a slip of the pen, a label too many. */
import type { Workload } from '../../facts/kubernetes.js'
import type { LabelSelector } from '../../facts/label-selector.js'
import { nearest } from '../../knowledge/nearest.js'
import { workloadKinds } from '../../knowledge/workload-kinds.js'
import type { Placed } from '../manifests/kustomize.js'
import type { Manifests } from '../manifests/manifests.js'
import { areTogether } from '../network/network-policies.js'

export interface Meant {
  /** Workloads that are surely in the namespace of the object. */
  neighbours: number
  /** Names of those among them that it names, in its selector or by its own name, or nearly so. */
  names: string[]
}

export function meantBy(object: Placed & { selector: LabelSelector | null }, manifests: Manifests): Meant {
  const neighbours = manifests.objects.workloads.filter((workload) =>
    areTogether(object, workload, manifests),
  )
  const words = wordsOf(object.selector)
  const isMeant = (workload: Workload): boolean => {
    const names = namesOf(workload)
    const isNamed = names.some((name) => object.name === name || object.name.startsWith(`${name}-`))
    return isNamed || words.some((word) => nearest(word, names) !== null)
  }
  return {
    neighbours: neighbours.length,
    names: [...new Set(neighbours.filter(isMeant).map(({ name }) => name))],
  }
}

function wordsOf(selector: LabelSelector | null): string[] {
  const { labels = {}, expressions = [] } = selector ?? {}
  return [...Object.values(labels), ...expressions.flatMap(({ values }) => values)]
}

function namesOf({ name, podLabels }: Workload): string[] {
  return [name, ...workloadKinds().nameLabels.flatMap((label) => podLabels[label] ?? [])]
}
