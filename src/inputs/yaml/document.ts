/** A YAML or JSON document as its readers see it. */
import type { Source } from '../../facts/source.js'
import type { Problem } from '../format.js'

export type Path = (string | number)[]

export interface YamlDocument {
  /** Plain values; null when the document is broken. Aliases share values, which may contain themselves. */
  value: unknown
  /** Place of the key or list item at a path; for one that is not written, of the nearest thing around it. */
  sourceOf(path: Path): Source
  /** Keys that stand in comments at a path. */
  remarksAt(path: Path): string[]
  /** The comment behind a value on its line, from its `#` on; null where there is none. */
  commentAt(path: Path): string | null
  /** Comments on lines of their own within a path. */
  ownCommentsIn(path: Path): string[]
  /** Why the document is broken, or which keys stand in it twice. */
  problems: Problem[]
}
