/** What an output format provides. A new format is one file in `formats/` whose default export is a Renderer. */
import type { Browser } from './browser.js'
import type { Result } from './result.js'

export interface Renderer {
  /** Equals the file name of the module and the word of `--format`. */
  name: string
  extension: string
  render(result: Result, context: RenderingContext): Promise<string | Uint8Array>
  /** What `render` gives, bit by bit: of a document that may be too large to be held. */
  pieces?(result: Result): Iterable<string>
}

export interface RenderingContext {
  /** Set when a chosen format needs one; starting, so that it overlaps the analysis. */
  browser: Promise<Browser> | null
}
