/** What Skaffold builds and deploys. */
import type { Source } from './source.js'

/** A Skaffold configuration: deploying, it puts the tags of what it built into the manifests. */
export interface SkaffoldConfig {
  fact: 'skaffold'
  source: Source
  /** Names of the images it builds, without tags. */
  artifacts: { image: string; source: Source }[]
  /** Patterns of the manifests that it deploys as they are, relative to the root. */
  deploys: string[]
}
