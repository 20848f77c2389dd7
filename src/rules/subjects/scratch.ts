/** What a workload writes to the disk of its node, and whether anything bounds it. */
import type { Container, Workload } from '../../facts/kubernetes.js'
import { workloadKinds } from '../../knowledge/workload-kinds.js'
import { imageName } from '../../system/manifests/images.js'

/** A limit on the ephemeral storage of any container bounds the whole pod (the kubelet sums the limits that are written). */
export function scratchFields({ scratchVolumes, containers }: Workload, componentKind: string): object {
  const isBounded = containers.some(({ limitsEphemeralStorage }) => limitsEphemeralStorage)
  const mounts = containers.flatMap(({ writes }) => writes)
  const written = scratchVolumes.filter(({ name }) => mounts.some(({ volume }) => volume === name))
  const unbounded = written.flatMap(({ name, hasLimit }) => (isBounded || hasLimit ? [] : name))
  const keepsData = (name: string): boolean =>
    mounts.some(({ volume, folder }) => volume === name && !isTemporary(folder))
  return {
    scratch: written.map(({ name }) => name),
    unboundedScratch: unbounded,
    unboundedData: unbounded.filter(keepsData),
    scratchGrows: grows(containers, componentKind),
  }
}

/** Code of the system's own may write anything, and most of what observes writes little. */
function grows(containers: Container[], componentKind: string): boolean {
  const { growingObservers } = workloadKinds()
  const names = containers.map(({ image }) => imageName(image) ?? '')
  return componentKind === 'observability'
    ? names.some((name) => growingObservers.includes(name))
    : componentKind !== 'service'
}

function isTemporary(folder: string): boolean {
  return workloadKinds().temporaryFolders.some((one) => folder === one || folder.startsWith(`${one}/`))
}
