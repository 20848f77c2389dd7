/** What an analysis is asked, and what it answers. */
import type { LoadedConfiguration } from './knowledge/configuration.js'
import type { RenderingOptions } from './inputs/rendering/tools.js'
import type { Result } from './report/result.js'
import type { Judged } from './score/finding.js'
import type { Score } from './score/score.js'

export interface AnalysisOptions {
  paths: string[]
  configuration: LoadedConfiguration
  /** The user's own folders of rules. */
  ruleFolders: string[]
  asOf: string
  prefilter: boolean
  /** By which charts and overlays become manifests; null: they are only named. */
  rendering: RenderingOptions | null
  tool: { name: string; version: string }
  /** Keeps what was read; null: everything is read again. */
  cache: { folder: string; build: string } | null
  subject: Result['subject']
  onProgress: (step: string) => void
}

export interface Analysis {
  result: Result
  judged: Judged[]
  /** Faults of ours because of which evidence was lost. */
  faults: string[]
  score: Score
}
