/** Parts of a workload that something else decides: overlays that patch it or add to it. */
import type { Container, Workload } from '../../facts/kubernetes.js'
import type { Source } from '../../facts/source.js'
import { imageRepository } from '../../system/images.js'
import type { Instances } from '../../system/instances.js'
import type { Manifests } from '../../system/manifests.js'
import { addition, patch } from '../../system/overrides.js'
import type { Subject } from '../subject.js'

type Decided = NonNullable<Subject['decidedElsewhere']>

export function decidedOfWorkload(workload: Workload, { more }: Instances, manifests: Manifests): Decided {
  const decided = patched(manifests.patchesOf(workload))
  const budget = manifests.budgetsOf(workload).find(({ where }) => where === 'sometimes')
  if (budget) decided['budgets'] = addition(budget)
  // An overlay that sets no more instances than there are changes no answer.
  delete decided['replicas']
  if (more) decided['replicas'] = more.reason
  return decided
}

/** Parts of a container that patches or the field `images` set. */
export function decidedOfContainer(
  { name, image }: Container,
  workload: Workload,
  manifests: Manifests,
): Decided {
  const containers = manifests.patchesOf(workload).flatMap((piece) => piece.containers)
  const repository = imageRepository(image)
  const setter = manifests
    .reaching(workload)
    .find(({ images }) => repository !== null && images.includes(repository))
  return {
    ...patched(containers.filter((container) => container.name === name)),
    ...(setter && { image: patch(setter.source) }),
  }
}

/** Why the requests of its containers are not known from the manifest, if so. */
export function patchedResources(workload: Workload, manifests: Manifests): string | undefined {
  return patched(manifests.patchesOf(workload).flatMap(({ containers }) => containers))['resources']
}

/** Every part that any of the pieces sets. */
function patched(pieces: { at: Record<string, Source> }[]): Decided {
  const places = Object.assign({}, ...pieces.map(({ at }) => at)) as Record<string, Source>
  return Object.fromEntries(Object.entries(places).map(([part, source]) => [part, patch(source)]))
}
