/** Which workloads a selector that selects nothing is meant for, by all appearance: a slip of the pen, a label too many. */
import type { Workload } from '../../facts/kubernetes.js'
import type { LabelSelector } from '../../facts/label-selector.js'
import { nearest } from '../../knowledge/nearest.js'
import { workloadKinds } from '../../knowledge/workload-kinds.js'
import type { Placed } from '../manifests/kustomize.js'
import type { Manifests } from '../manifests/manifests.js'
import { areTogether } from '../network/network-policies.js'

/** Shorter words differ by a letter on purpose: `shard-a` and `shard-b`, `v1` and `v2`. */
const FEWEST_LETTERS = 3

export interface Meant {
  /** Workloads that are surely in the namespace of the object. */
  neighbours: number
  /** Names of those among them that it names, in its selector or by its own name, or nearly so. */
  names: string[]
}

export function meantBy(object: Placed & { selector: LabelSelector | null }, manifests: Manifests): Meant {
  const neighbours = manifests.pods
    .near(object)
    .filter((workload) => areTogether(object, workload, manifests))
  const words = wordsOf(object.selector)
  const shared = sharedNames(neighbours)
  const isMeant = (workload: Workload): boolean => {
    const names = namesOf(workload).filter((name) => name === workload.name || !shared.has(name))
    const isNamed = names.some((name) => object.name === name || object.name.startsWith(`${name}-`))
    return isNamed || words.some((word) => names.some((name) => isSlip(word, name)))
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

/** Labels that several differently called workloads have, the name of the system they are part of: they single out none. */
function sharedNames(workloads: Workload[]): Set<string> {
  const bearers = new Map<string, string>()
  const shared = new Set<string>()
  for (const workload of workloads)
    for (const name of namesOf(workload)) {
      const bearer = bearers.get(name) ?? workload.name
      if (bearer !== workload.name) shared.add(name)
      bearers.set(name, bearer)
    }
  return shared
}

/** Words that both begin or end with count as written right: `shop-mail` is no slip for `shop-cart`, however long `shop` is. */
function isSlip(word: string, name: string): boolean {
  const [ours, theirs] = withoutCommon(word.split('-'), name.split('-'))
  const isLong = Math.min(ours.length, theirs.length) >= FEWEST_LETTERS
  return word === name || (isLong && nearest(ours, [theirs]) !== null)
}

function withoutCommon(ours: string[], theirs: string[]): [string, string] {
  const most = Math.min(ours.length, theirs.length)
  let start = 0
  while (start < most && ours[start] === theirs[start]) start++
  let end = 0
  while (end < most - start && ours.at(-1 - end) === theirs.at(-1 - end)) end++
  const between = (words: string[]): string => words.slice(start, words.length - end).join('-')
  return [between(ours), between(theirs)]
}
