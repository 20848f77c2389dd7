/** Names of container images, taken apart. */
import type { Workload } from '../../facts/kubernetes.js'
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

/** The kind of component that its images say it is: `service` for code of the system's own. */
export function kindOfImages(workload: Workload, kinds: ComponentKinds): string {
  for (const container of workload.containers) {
    const name = imageName(container.image)
    if (name === null) continue
    const kind = kindOfImage(name, kinds)
    if (kind !== null) return kind
  }
  return 'service'
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
