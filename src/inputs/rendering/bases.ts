/** Kustomizations among bases that list again what overlays are made of: nobody deploys them by themselves. */
import { basename } from 'node:path/posix'
import { renderingPolicy } from '../../knowledge/manifests/rendering.js'
import type { Overlay } from './overlays.js'

const BASES = /(^|\/)bases?(\/|$)/

/** Without them; what they describe is a part of the overlay that has the same manifests. */
export function withoutBases(overlays: Overlay[]): Overlay[] {
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
function holds(whole: Overlay, part: Overlay): boolean {
  const names = renderingPolicy().kustomizationFiles
  const own = part.manifests.filter((path) => !names.includes(basename(path)))
  return own.length > 0 && own.every((path) => whole.manifests.includes(path))
}
