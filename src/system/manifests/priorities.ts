/** Which pods Kubernetes may throw out for which: priorities of workloads, as far as the manifests tell them. */
import type { PriorityClass, Workload } from '../../facts/kubernetes.js'
import { workloadKinds } from '../../knowledge/manifests/workload-kinds.js'
import { isWhole, type ManifestObjects } from './manifest-objects.js'

/** Of pods without a class, where no class is the default. */
const NO_CLASS = 0

export class Priorities {
  readonly #classes: Map<string, PriorityClass>
  readonly #default: PriorityClass | undefined
  /** Tasks that throw out others, with their priorities as far as they are known. */
  readonly #preempting: { task: Workload; priority: number }[]
  readonly #above = new Map<number, Workload[]>()
  /** `Kind name` of workloads that run on and name a class of their own; those of the cluster itself do not count. */
  readonly users: string[]
  /** Whether naming a class is the custom here: at least every second workload that runs on does. */
  readonly isCustom: boolean

  constructor({ workloads }: ManifestObjects, classes: PriorityClass[]) {
    const whole = classes.filter(isWhole)
    this.#classes = new Map(whole.filter((each) => isOnlyOne(each, whole)).map((each) => [each.name, each]))
    this.#default = whole.find(({ isDefault }) => isDefault)
    this.#preempting = workloads.flatMap((task) => {
      const priority = isTask(task) && this.#preempts(task) ? this.of(task) : null
      return priority === null ? [] : [{ task, priority }]
    })
    const running = workloads.filter((workload) => !isTask(workload))
    this.users = running
      .filter(({ priorityClass }) => priorityClass !== null && !isOfCluster(priorityClass))
      .map(({ kind, name }) => `${kind} ${name}`)
    this.isCustom = this.users.length > 0 && 2 * this.users.length >= running.length
  }

  /** True when the class is named, or given to all that name none. */
  isGiven({ priorityClass }: Workload): boolean {
    return priorityClass !== null || this.#default !== undefined
  }

  /** Null for a class that is not in the manifests. */
  of({ priorityClass }: Workload): number | null {
    if (priorityClass === null) return this.#default?.value ?? NO_CLASS
    const known = isOfCluster(priorityClass) ? classesOfCluster()[priorityClass] : undefined
    return known ?? this.#classes.get(priorityClass)?.value ?? null
  }

  /** Tasks for which Kubernetes throws out pods of the workload when the nodes are full. */
  tasksAbove(workload: Workload): Workload[] {
    const own = this.of(workload)
    if (own === null) return []
    // Many workloads have the same priority.
    let above = this.#above.get(own)
    if (!above) {
      above = this.#preempting.filter(({ priority }) => priority > own).map(({ task }) => task)
      this.#above.set(own, above)
    }
    return above
  }

  #preempts({ priorityClass }: Workload): boolean {
    const its = priorityClass === null ? this.#default : this.#classes.get(priorityClass)
    return its?.preemptionPolicy !== 'Never'
  }
}

/** Of a class with several values, for several clusters, none is known. */
function isOnlyOne({ name, value }: PriorityClass, all: PriorityClass[]): boolean {
  return all.every((other) => other.name !== name || other.value === value)
}

function isTask({ kind }: Workload): boolean {
  return workloadKinds().tasks.includes(kind)
}

function isOfCluster(priorityClass: string): boolean {
  return Object.hasOwn(classesOfCluster(), priorityClass)
}

function classesOfCluster(): Record<string, number> {
  return workloadKinds().systemPriorities
}
