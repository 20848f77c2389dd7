/** Images that a pipeline writes when it releases: what a manifest says of them before is a placeholder. */
import type { Workload } from '../../facts/kubernetes.js'
import type { ReleaseEdit } from '../../facts/release-edit.js'

export function editOfImage(
  edits: ReleaseEdit[],
  repository: string,
  { kind, name, source }: Pick<Workload, 'kind' | 'name' | 'source'>,
): ReleaseEdit | undefined {
  const called = `${kind.toLowerCase()}/${name}`
  return edits.find(
    ({ files, images, workloads }) =>
      files.includes(source.path) || images.includes(repository) || workloads.includes(called),
  )
}
