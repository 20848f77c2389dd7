/** What can be seen in unit tests of rules, as `promtool test rules` runs them. */
import type { Source } from './source.js'

/** One question of a test: which alerts of a name fire at a time, given the series that the test makes up. */
export interface AlertTest {
  fact: 'alert-test'
  source: Source
  at: Record<string, Source>
  /** Name of the test; null where it has none. */
  title: string | null
  alert: string
  /** Seconds after the start of the made-up series. */
  atSeconds: number | null
  /** Labels of each alert that has to fire; none: all have to be silent. */
  expected: Record<string, string>[]
  /** Rule files that the test loads, from the root; they may hold `*`, `?` and `[...]`, as of Go's filepath.Glob. */
  ruleFiles: string[]
}
