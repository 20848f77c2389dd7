/** Parts of a workload that something else decides: overlays that patch it or add to it, tools that build its images. */
import type { Container, Workload } from '../../facts/kubernetes.js'
import type { Source } from '../../facts/source.js'
import { imageRepository } from '../../system/manifests/images.js'
import type { Instances } from '../../system/manifests/instances.js'
import type { Manifests } from '../../system/manifests/manifests.js'
import { addition, built, filledIn, named, patch, released } from '../../system/manifests/overrides.js'
import { editOfImage } from '../../system/manifests/release-edits.js'
import type { Subject } from '../subject.js'
import { isPlaceholder } from './image-tags.js'
import { DECIDED_OF_PROBES } from './probes.js'

/** In words, as of the other tools that set images. */
const TRIGGERED = 'a trigger of OpenShift sets it'

type Decided = NonNullable<Subject['decidedElsewhere']>

export function decidedOfWorkload(workload: Workload, { more }: Instances, manifests: Manifests): Decided {
  const decided = patched(manifests.patchesOf(workload))
  const budget = manifests.budgetsOf(workload).find(({ where }) => where === 'sometimes')
  if (budget) decided['budgets'] = addition(budget)
  const resources = patchedResources(workload, manifests)
  if (resources !== undefined) decided['volumes'] ??= resources
  for (const [part, text] of Object.entries(workload.placeholders ?? {})) decided[part] ??= filledIn(text)
  // An overlay that sets no more instances than there are changes no answer.
  delete decided['replicas']
  if (more) decided['replicas'] = more.reason
  return decided
}

/** Parts of a container that patches, the field `images` or a build tool set. */
export function decidedOfContainer(
  { name, image, placeholders = {} }: Container,
  workload: Workload,
  manifests: Manifests,
): Decided {
  const containers = manifests.patchesOf(workload).flatMap((piece) => piece.containers)
  const isTriggered = workload.imageTriggers?.includes(name) ?? false
  const setter = isTriggered ? TRIGGERED : imageSetter(image, workload, manifests)
  // An operation names its container by number: it may be any.
  const decided = patched(containers.filter((container) => [name, ''].includes(container.name)))
  for (const [part, text] of Object.entries(placeholders)) decided[part] ??= filledIn(text)
  return {
    ...decided,
    ...decidedTogether(decided, { ...DECIDED_OF_PROBES, hiddenVariable: ['env'] }),
    ...(setter !== undefined && { image: setter }),
  }
}

function imageSetter(image: string | null, workload: Workload, manifests: Manifests): string | undefined {
  const repository = imageRepository(image)
  if (repository === null) return undefined
  const setting = manifests.objects.kustomizations.find(
    (kustomization) =>
      kustomization.images.includes(repository) && manifests.kustomizations.reaches(kustomization, workload),
  )
  if (setting) return patch(setting.source)
  const elsewhere = image === repository ? manifests.objects.imageNames.get(image) : undefined
  if (elsewhere) return named(elsewhere)
  const artifact = manifests.objects.skaffolds
    .flatMap(({ artifacts }) => artifacts)
    .find((candidate) => candidate.image === repository)
  if (artifact) return built(artifact.source)
  const edit = isPlaceholder(image)
    ? editOfImage(manifests.objects.releaseEdits, repository, workload)
    : undefined
  return edit && released(edit.source)
}

/** Why the requests of its containers are not known from the manifest, if so. */
export function patchedResources(workload: Workload, manifests: Manifests): string | undefined {
  return patched(manifests.patchesOf(workload).flatMap(({ containers }) => containers))['resources']
}

/** Parts that rules ask together, by a name of their own: decided where any of them is. */
export function decidedTogether(decided: Decided, groups: Record<string, string[]>): Decided {
  const found = Object.entries(groups).flatMap(([name, parts]) => {
    const part = parts.find((candidate) => decided[candidate] !== undefined)
    return part === undefined ? [] : [[name, decided[part]!] as const]
  })
  return Object.fromEntries(found)
}

/** Every part that any of the pieces sets. */
export function patched(pieces: { at: Record<string, Source> }[]): Decided {
  const places = Object.assign({}, ...pieces.map(({ at }) => at)) as Record<string, Source>
  return Object.fromEntries(Object.entries(places).map(([part, source]) => [part, patch(source)]))
}
