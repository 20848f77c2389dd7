/** A command of a pipeline that writes the image of a workload when it is released. */
import type { Source } from './source.js'

export interface ReleaseEdit {
  fact: 'release-edit'
  source: Source
  /** Manifests that it edits in place, relative to the root. */
  files: string[]
  /** Names of images without tags that it sets in a kustomization. */
  images: string[]
  /** Workloads of the cluster whose image it sets: `deployment/web`. */
  workloads: string[]
}
