/** Workloads that scale others in proportion to the cluster, as their command says: `--target=deployment/coredns`. */
import type { Workload } from '../../facts/kubernetes.js'
import { workloadKinds } from '../../knowledge/manifests/workload-kinds.js'
import { imageName } from './images.js'

const TARGET = /--target[=\s]+(?<kind>[\w-]+)\/(?<name>[\w.-]+)/g

export class ProportionalScalers {
  /** By namespace, kind and name of what they scale. */
  readonly #scalers = new Map<string, Workload>()

  constructor(workloads: Workload[]) {
    for (const scaler of workloads)
      for (const target of targetsOf(scaler))
        if (!this.#scalers.has(target)) this.#scalers.set(target, scaler)
  }

  /** The workload that names another one of its namespace as its target. */
  scalerOf({ namespace, kind, name }: Workload): Workload | undefined {
    return this.#scalers.get(keyOf(namespace, kind, name))
  }
}

function targetsOf({ containers, namespace }: Workload): string[] {
  const { proportionalScalers } = workloadKinds()
  return containers
    .filter(({ image }) => proportionalScalers.some((name) => imageName(image)?.startsWith(name)))
    .flatMap(({ command }) => [...command.join(' ').matchAll(TARGET)])
    .map(({ groups }) => keyOf(namespace, groups!['kind']!, groups!['name']!))
}

function keyOf(namespace: string, kind: string, name: string): string {
  return `${namespace}/${kind.toLowerCase()}/${name}`
}
