/** What rendered overlays do not show, and the files that they are made of do. */
import type { Source } from './source.js'

/** A manifest beside a kustomization that was rendered, of which no kustomization makes anything. */
export interface UnlistedManifest {
  fact: 'unlisted-manifest'
  /** Of the kustomization. */
  source: Source
  path: string
}

/** A chart that depends on others which are not among the files: what these make is not known. */
export interface MissingCharts {
  fact: 'missing-charts'
  /** Of its Chart.yaml. */
  source: Source
  folder: string
  names: string[]
}

/** A name that stands for an image until a kustomization sets it, which a rendered overlay shows no more. */
export interface NamedImage {
  fact: 'named-image'
  /** Of the kustomization. */
  source: Source
  name: string
}
