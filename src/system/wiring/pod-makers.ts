/** Pods that no manifest shows, because a controller makes them of an object of its own. */
import type { CustomObject } from '../../facts/custom-object.js'
import type { ManifestObject } from '../../facts/kubernetes.js'
import type { LabelSelector } from '../../facts/label-selector.js'
import { formatSource } from '../../facts/source.js'
import type { Placed } from '../manifests/kustomize.js'
import type { Manifests } from '../manifests/manifests.js'
import { matches } from '../manifests/selection.js'
import { unseenPods } from './made-elsewhere.js'

/** In words, the object whose pods a selector may mean: one that has the labels, or is named by one of them, or a piece of a workload. Null if nothing is to be said. */
export function podMakerFor(
  selector: LabelSelector | Record<string, string> | null,
  from: Placed,
  manifests: Manifests,
): string | null {
  const asked = isWhole(selector) ? selector : { labels: selector ?? {}, expressions: [] }
  const values = Object.values(asked.labels)
  const isMeant = ({ labels, name }: CustomObject): boolean => matches(asked, labels) || values.includes(name)
  const [maker] = manifests.met(from, manifests.customs.near(asked.labels).filter(isMeant))
  if (maker) return `${nameOf(maker.object)} may create pods with these labels`
  const piece = manifests.objects.fragments.workloads.find(({ podLabels }) => matches(asked, podLabels))
  if (values.length === 0) return null
  return piece
    ? `${nameOf(piece)} gives pods these labels, and is part of what is deployed`
    : unseenPods(asked.labels, from, manifests)
}

function nameOf({ kind, name, source }: ManifestObject): string {
  return `${kind} ${name} (${formatSource(source)})`
}

function isWhole(selector: LabelSelector | Record<string, string> | null): selector is LabelSelector {
  return Array.isArray(selector?.['expressions'])
}
