/** Which pods Kubernetes may throw out for which: priorities of workloads, as far as the manifests tell them. */
import type { PriorityClass, Workload } from '../facts/kubernetes.js'
import { workloadKinds } from '../knowledge/workload-kinds.js'
import { isWhole, type ManifestObjects } from './manifest-objects.js'

/** Of pods without a class, where no class is the default. */
const NO_CLASS = 0

export class Priorities {
  readonly #classes: Map<string, PriorityClass>
  readonly #default: PriorityClass | undefined
  readonly #workloads: Workload[]

  constructor({ workloads }: ManifestObjects, classes: PriorityClass[]) {
    const whole = classes.filter(isWhole)
    this.#classes = new Map(whole.map((each) => [each.name, each]))
    this.#default = whole.find(({ isDefault }) => isDefault)
    this.#workloads = workloads
  }

  /** Served workloads and others that name a class of their own; those of the system itself do not count. */
  get users(): Workload[] {
    return this.#workloads.filter(
      ({ priorityClass }) => priorityClass !== null && systemClass(priorityClass) === undefined,
    )
  }

  /** True when the class is named, or given to all that name none. */
  isGiven({ priorityClass }: Workload): boolean {
    return priorityClass !== null || this.#default !== undefined
  }

  /** Null for a class that is not in the manifests. */
  of({ priorityClass }: Workload): number | null {
    if (priorityClass === null) return this.#default?.value ?? NO_CLASS
    return systemClass(priorityClass) ?? this.#classes.get(priorityClass)?.value ?? null
  }

  /** Tasks for which Kubernetes throws out pods of the workload when the nodes are full. */
  tasksAbove(workload: Workload): Workload[] {
    const own = this.of(workload)
    return this.#workloads.filter((other) => {
      const its = this.of(other)
      return (
        workloadKinds().tasks.includes(other.kind) &&
        this.#preempts(other) &&
        own !== null &&
        its !== null &&
        its > own
      )
    })
  }

  #preempts({ priorityClass }: Workload): boolean {
    const its = priorityClass === null ? this.#default : this.#classes.get(priorityClass)
    return its?.preemptionPolicy !== 'Never'
  }
}

function systemClass(name: string): number | undefined {
  const { systemPriorities } = workloadKinds()
  return Object.hasOwn(systemPriorities, name) ? systemPriorities[name] : undefined
}
