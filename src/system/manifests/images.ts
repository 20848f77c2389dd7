/** Names of container images, taken apart. */
import type { Container, Workload } from '../../facts/kubernetes.js'
import type { ComponentKinds } from '../../knowledge/policies.js'

/** `registry:5000/team/api:1.2@sha256:…` → `registry:5000/team/api`. */
export function imageRepository(image: string | null): string | null {
  if (image === null) return null
  return image.split('@')[0]!.replace(/:[^/:]*$/, '') || null
}

/** `registry:5000/team/api:1.2@sha256:…` → `api`. */
export function imageName(image: string | null): string | null {
  return imageRepository(image)?.split('/').at(-1) || null
}

/** `kubectl` takes the container that this names for the main one. */
const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container'

/**
 * The kind of component that the image of its main container says it is: `service` for code of the system's own.
 * Where no container is known for the main one, code of its own has the others beside it, unless one of them keeps the data.
 */
export function kindOfImages(workload: Workload, kinds: ComponentKinds): string {
  const kindOf = ({ image }: Container): string | null => kindOfImage(imageName(image) ?? '', kinds)
  const main = mainContainer(workload)
  if (main) return kindOf(main) ?? 'service'
  const own = workload.containers.filter((one) => kindOf(one) === null && !isHelper(one, kinds))
  if (own.some((one) => keepsData(one, workload))) return 'service'
  const known = workload.containers.filter((one) => kindOf(one) !== null)
  const stores = known.filter((one) => kinds.stores.includes(kindOf(one)!))
  const keeper = stores.find((one) => keepsData(one, workload))
  const decides = own.length > 0 ? keeper : (keeper ?? stores[0] ?? known[0])
  return decides ? kindOf(decides)! : 'service'
}

/** The only one, the one that an annotation names, or the one that is called like the workload. */
function mainContainer({ containers, podAnnotations, name }: Workload): Container | undefined {
  if (containers.length === 1) return containers[0]
  const named = podAnnotations[DEFAULT_CONTAINER]
  return (
    containers.find((container) => container.name !== '' && container.name === named) ??
    containers.find((container) => container.name !== '' && container.name === name)
  )
}

/** What runs beside another: it is called after what it does for it. */
function isHelper({ image }: Container, { companions, sidecars }: ComponentKinds): boolean {
  const name = imageName(image)
  if (name === null) return true
  return sidecars.includes(name) || companions.includes(name.split(/[-_]/).at(-1)!)
}

/** A volume that outlives the pod. */
function keepsData({ writes }: Container, { lastingVolumes = [], claimTemplates }: Workload): boolean {
  return writes.some(({ volume }) => lastingVolumes.includes(volume) || claimTemplates.includes(volume))
}

function kindOfImage(name: string, { kinds, stores, companions }: ComponentKinds): string | null {
  const isCompanion = companions.includes(name.split('-').at(-1)!)
  for (const [kind, { images }] of Object.entries(kinds)) {
    if (images.includes(name)) return kind
    if (isCompanion && stores.includes(kind)) continue
    if (images.some((known) => name.startsWith(`${known}-`))) return kind
  }
  return null
}
