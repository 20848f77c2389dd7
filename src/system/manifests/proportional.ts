/** Workloads that scale others in proportion to the cluster, as their command says: `--target=deployment/coredns`. */
import type { Workload } from '../../facts/kubernetes.js'
import { workloadKinds } from '../../knowledge/manifests/workload-kinds.js'
import { imageName } from './images.js'

const TARGET = /^--target=(?<kind>[\w-]+)\/(?<name>[\w.-]+)$/
const TARGETS = /--target[=\s]+[\w-]+\/[\w.-]+/g

/** Whether the one names the other as its target, in the same namespace. */
export function scales({ containers, namespace }: Workload, target: Workload): boolean {
  if (namespace !== target.namespace) return false
  const { proportionalScalers } = workloadKinds()
  return containers
    .filter(({ image }) => proportionalScalers.some((name) => imageName(image)?.startsWith(name)))
    .flatMap(({ command }) => command.join(' ').match(TARGETS) ?? [])
    .map((argument) => TARGET.exec(argument.replace(/\s+/, '='))?.groups)
    .some(
      (found) =>
        found?.['kind']?.toLowerCase() === target.kind.toLowerCase() && found['name'] === target.name,
    )
}
