/** Manifests that show how something is used, beside those of the system: nothing says that they are deployed. */
import type { Workload } from '../../facts/kubernetes.js'
import { isExample } from '../../knowledge/left-out.js'

/** By the path of a manifest, whether it is an example beside others; where all are examples, they are the system. */
export function examplesBeside(workloads: Workload[]): (path: string) => boolean {
  const isAnyOther = workloads.some(({ source }) => !isExample(source.path))
  return (path) => isAnyOther && isExample(path)
}
