/** What the commands share: the process as they may touch it, their options and exit codes. */

/** The process, as far as a command may touch it: so that commands are tested without spawning. */
export interface Terminal {
  arguments: string[]
  environment: Record<string, string | undefined>
  now: () => Date
  isTerminal: boolean
  out: (text: string | Uint8Array) => void
  err: (text: string) => void
}

/** 0 done, 1 the gate does not hold, 2 wrong usage, configuration or rule, 3 incomplete with --strict, 4 an error of ours. */
export type ExitCode = 0 | 1 | 2 | 3 | 4

export interface AnalyzeOptions {
  output?: string
  format: string[]
  config?: string
  rules: string[]
  asOf?: Date
  failOn?: 'critical' | 'high' | 'medium' | 'low' | 'none'
  minScore?: number
  minCoverage?: number
  strict?: boolean
  prefilter: boolean
  cache: boolean
  inheritedIgnores: boolean
  render: boolean
  helm?: string
  kustomize?: string
  browser?: string
  quiet?: boolean
  verbose?: boolean
}
