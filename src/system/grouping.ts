/** Which workloads are one component, and by which id: its name, wherever that is unique. */
import { groupedBy } from '../facts/grouped.js'
import type { Workload } from '../facts/kubernetes.js'
import { formatSource } from '../facts/source.js'
import type { Configuration } from '../knowledge/configuration.js'
import { countByFolder, ownFolder } from './manifests/folders.js'
import type { Manifests } from './manifests/manifests.js'

export interface WorkloadGroup {
  id: string
  name: string
  workloads: Workload[]
  /** Why its workloads are one, one sentence for each after the first. */
  joins: string[]
}

/** A group that has no id yet, with the ids that would fit, the best first. */
type Unnamed = Omit<WorkloadGroup, 'id'> & { ids: string[] }

/** Workloads of one name in unrelated namespaces or folders are several things, unless resilience.yaml says that they are one. */
export function groupWorkloads(manifests: Manifests, configuration: Configuration): WorkloadGroup[] {
  const byName = groupedBy(manifests.objects.workloads, ({ name }) => name)
  const namesakes = [...byName].map(([name, workloads]) => {
    const parts = manifests.sameness.partition(workloads)
    const files = countByFolder(workloads.map(({ source }) => source.path))
    return parts.map((part) => unnamed(name, part, parts.length === 1 ? null : files, manifests))
  })
  const uses = countOf(namesakes.flat().flatMap(({ ids }) => ids))
  return onePerId(
    namesakes.flatMap((unnamedGroups) => {
      const groups = unnamedGroups.map((group) => named(group, uses))
      return groups.length === 1 ? groups : joinDeclared(groups, configuration)
    }),
  )
}

/** The first id that nothing else could have too. */
function named({ ids, ...group }: Unnamed, uses: Map<string, number>): WorkloadGroup {
  return { ...group, id: ids.find((id) => uses.get(id) === 1) ?? ids.at(-1)! }
}

function countOf(ids: string[]): Map<string, number> {
  const uses = new Map<string, number>()
  for (const id of ids) uses.set(id, (uses.get(id) ?? 0) + 1)
  return uses
}

/** `files` are those of all workloads of the name; null when they are one thing. */
function unnamed(
  name: string,
  workloads: Workload[],
  files: Map<string, number> | null,
  manifests: Manifests,
): Unnamed {
  const joins = joinsOf(workloads, manifests)
  const { path } = workloads[0]!.source
  const ids = files === null ? [name] : within(workloads, files, manifests).map((place) => `${place}/${name}`)
  return { name, workloads, joins, ids: [...new Set([...ids, `${path}/${name}`])] }
}

/** Its namespace, where it is one, and as much of its folder as is needed. */
function within(workloads: Workload[], files: Map<string, number>, { kustomizations }: Manifests): string[] {
  const namespaces = new Set(workloads.flatMap((workload) => kustomizations.namespacesOf(workload)))
  const own = workloads.map(({ source }) => source.path)
  const folder = ownFolder(own[0]!, own, files)
  return [...(namespaces.size === 1 ? namespaces : []), ...(folder === '' ? [] : [folder])]
}

/** What is declared to be a component that has another name too is one with it. */
function onePerId(groups: WorkloadGroup[]): WorkloadGroup[] {
  const byId = new Map<string, WorkloadGroup>()
  for (const group of groups) {
    const known = byId.get(group.id)
    if (known) {
      known.workloads.push(...group.workloads)
      known.joins.push(...group.joins)
    } else byId.set(group.id, { ...group, workloads: [...group.workloads], joins: [...group.joins] })
  }
  return [...byId.values()]
}

function joinsOf([first, ...others]: Workload[], manifests: Manifests): string[] {
  return others.flatMap((workload) => {
    const reason = manifests.sameness.reason(first!, workload)
    return reason === null ? [] : `${formatSource(workload.source)} writes it too: ${reason}`
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
