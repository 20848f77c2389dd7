/** Pods that no manifest shows, because a controller makes them of an object of its own. */
import type { CustomObject } from '../../facts/custom-object.js'
import type { LabelSelector } from '../../facts/label-selector.js'
import { formatSource } from '../../facts/source.js'
import type { Placed } from '../manifests/kustomize.js'
import type { Manifests } from '../manifests/manifests.js'
import { matches } from '../manifests/selection.js'

/** In words, the object whose pods a selector may mean: one that has the labels, or is named by one of them; null if there is none. */
export function podMakerFor(
  selector: LabelSelector | Record<string, string> | null,
  from: Placed,
  manifests: Manifests,
): string | null {
  const asked = isWhole(selector) ? selector : { labels: selector ?? {}, expressions: [] }
  const values = Object.values(asked.labels)
  const isMeant = ({ labels, name }: CustomObject): boolean =>
    (values.length > 0 && matches(asked, labels)) || values.includes(name)
  const [maker] = manifests.met(from, manifests.objects.customs.filter(isMeant))
  return maker
    ? `${maker.object.kind} ${maker.object.name} (${formatSource(maker.object.source)}) may make pods with these labels`
    : null
}

function isWhole(selector: LabelSelector | Record<string, string> | null): selector is LabelSelector {
  return Array.isArray(selector?.['expressions'])
}
