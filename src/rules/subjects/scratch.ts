/** What a workload writes to its volumes, and whether anything bounds what goes to the disk of its node. */
import type { Container, Workload } from '../../facts/kubernetes.js'
import { workloadKinds } from '../../knowledge/manifests/workload-kinds.js'
import { imageName } from '../../system/manifests/images.js'

/** A limit on the ephemeral storage of any container bounds the whole pod (the kubelet sums the limits that are written). */
export function scratchFields(workload: Workload, componentKind: string): object {
  const { scratchVolumes, containers } = workload
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
    holdsData: holdsData(workload),
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

/** Whether a container writes to a volume that outlives the pod, elsewhere than where logs and temporary files go. */
function holdsData({ containers, lastingVolumes = [], claimTemplates }: Workload): boolean {
  const volumes = [...lastingVolumes, ...claimTemplates]
  const { logFolders } = workloadKinds()
  const isData = (folder: string): boolean => !isTemporary(folder) && !isWithin(logFolders, folder)
  return containers.some(({ writes }) =>
    writes.some(({ volume, folder }) => volumes.includes(volume) && isData(folder)),
  )
}

function isTemporary(folder: string): boolean {
  return isWithin(workloadKinds().temporaryFolders, folder)
}

function isWithin(folders: string[], folder: string): boolean {
  return folders.some((one) => folder === one || folder.startsWith(`${one}/`))
}
