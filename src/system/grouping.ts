/** Which workloads are one component, and by which id: its name, wherever that is unique. */
import type { Workload } from '../facts/kubernetes.js'
import { formatSource } from '../facts/source.js'
import type { Configuration } from '../knowledge/configuration.js'
import { ownFolder } from './folders.js'
import type { Manifests } from './manifests.js'

export interface WorkloadGroup {
  id: string
  name: string
  workloads: Workload[]
  /** Why its workloads are one, one sentence for each after the first. */
  joins: string[]
}

/** Workloads of one name in unrelated namespaces or folders are several things, unless resilience.yaml says that they are one. */
export function groupWorkloads(manifests: Manifests, configuration: Configuration): WorkloadGroup[] {
  const byName = new Map<string, Workload[]>()
  for (const workload of manifests.objects.workloads)
    byName.set(workload.name, [...(byName.get(workload.name) ?? []), workload])
  return [...byName].flatMap(([name, workloads]) => {
    const groups = manifests.sameness
      .partition(workloads)
      .map((group) => ({ id: name, name, workloads: group, joins: joinsOf(group, manifests) }))
    return groups.length === 1 ? groups : joinDeclared(toldApart(groups, manifests), configuration)
  })
}

function joinsOf([first, ...others]: Workload[], manifests: Manifests): string[] {
  return others.flatMap((workload) => {
    const reason = manifests.sameness.reason(first!, workload)
    return reason === null ? [] : `${formatSource(workload.source)} writes it too: ${reason}`
  })
}

/** `namespace/name` where that tells them apart, else `folder/name` with as much of the folder as is needed. */
function toldApart(groups: WorkloadGroup[], manifests: Manifests): WorkloadGroup[] {
  return groups.map((group) => {
    const { name, workloads } = group
    const namespaces = new Set(
      workloads.flatMap((workload) => manifests.kustomizations.namespacesOf(workload)),
    )
    if (namespaces.size === 1) return { ...group, id: `${[...namespaces][0]}/${name}` }
    const others = groups
      .filter((other) => other !== group)
      .flatMap((other) => other.workloads.map(({ source }) => source.path))
    return { ...group, id: `${ownFolder(workloads[0]!.source.path, others)}/${name}` }
  })
}

/** A component that is declared under the shared name, or with several of the ids as aliases, is all of them. */
function joinDeclared(groups: WorkloadGroup[], { components }: Configuration): WorkloadGroup[] {
  let all = groups
  for (const { id, aliases } of components) {
    const listed = all.filter((group) => group.id === id || aliases.includes(group.id))
    const meant = listed.length === 0 && all.some(({ name }) => name === id) ? all : listed
    if (meant.length < 2) continue
    const joined = {
      id,
      name: meant[0]!.name,
      workloads: meant.flatMap((group) => group.workloads),
      joins: [
        ...meant.flatMap((group) => group.joins),
        `resilience.yaml declares ${meant.map((group) => group.id).join(', ')} to be ${id}`,
      ],
    }
    all = [...all.filter((group) => !meant.includes(group)), joined]
  }
  return all
}
