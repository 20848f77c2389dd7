/** Kustomizations among bases that list again what overlays are made of: nobody deploys them by themselves. */
import { basename } from 'node:path/posix'
import { renderingPolicy } from '../../knowledge/manifests/rendering.js'

const BASES = /(^|\/)bases?(\/|$)/

/** Of an overlay. */
interface Built {
  folder: string
  manifests: string[]
}

/** Without them; what they describe is a part of the overlay that has the same manifests. */
export function withoutBases<Overlay extends Built>(overlays: Overlay[]): Overlay[] {
  const deployed = overlays.filter(({ folder }) => !BASES.test(folder))
  const kept: Overlay[] = []
  for (const overlay of overlays) {
    const whole = BASES.test(overlay.folder) && deployed.find((other) => holds(other, overlay))
    if (whole) whole.manifests = [...new Set([...whole.manifests, ...overlay.manifests])].sort()
    else kept.push(overlay)
  }
  return kept
}

/** Its manifests and more; kustomizations only list them. */
function holds(whole: Built, part: Built): boolean {
  const names = renderingPolicy().kustomizationFiles
  const own = part.manifests.filter((path) => !names.includes(basename(path)))
  return own.length > 0 && own.every((path) => whole.manifests.includes(path))
}
