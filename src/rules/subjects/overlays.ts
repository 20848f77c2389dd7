/** What Kustomize overlays set anew: the file itself does not say what will run. */
import type { Facts } from '../../facts/fact.js'
import type { Container, Kustomization, Workload } from '../../facts/kubernetes.js'
import type { Source } from '../../facts/source.js'
import { sameNamespace } from '../../system/workloads.js'

type Places = Record<string, Source>

/** Parts of a workload that patches or the field `replicas` set. */
export function patchedParts(workload: Workload, facts: Facts): Places {
  return {
    ...placesOf(patchesOf(workload, facts)),
    ...setBy(facts, 'replicas', ({ replicas }) => replicas.includes(workload.name)),
  }
}

/** Parts of a container that patches or the field `images` set. */
export function patchedContainerParts({ name, image }: Container, workload: Workload, facts: Facts): Places {
  const patches = patchesOf(workload, facts).flatMap((patch) => patch.containers)
  return {
    ...placesOf(patches.filter((container) => container.name === name)),
    ...setBy(facts, 'image', ({ images }) => images.includes(image?.split(/[:@]/)[0] ?? '')),
  }
}

function patchesOf(workload: Workload, facts: Facts): Workload[] {
  return facts
    .of('workload')
    .filter(
      (patch) =>
        patch.fragment &&
        patch.kind === workload.kind &&
        patch.name === workload.name &&
        sameNamespace(patch, workload),
    )
}

/** A part that a kustomization sets by its own fields `images` and `replicas`. */
function setBy(
  facts: Facts,
  part: string,
  sets: (kustomization: Kustomization) => boolean,
): Record<string, Source> {
  const found = facts.of('kustomization').find(sets)
  return found ? { [part]: found.source } : {}
}

/** Every part that any of the pieces sets. */
function placesOf(pieces: { at: Record<string, Source> }[]): Record<string, Source> {
  return Object.assign({}, ...pieces.map((piece) => piece.at))
}
