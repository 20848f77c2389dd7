/** The text of a file and its hash, or why there is none. */
import { hash } from 'node:crypto'
import { decode } from './decode.js'
import type { FoundFile } from './discover.js'
import { unreadable } from './unreadable.js'
import { wholeFile } from './whole-file.js'

export type FileText =
  | { text: string; flaw: string | null; sha256: string }
  | { text: null; refused: { skipped: string } | { failed: string }; sha256: string | null }

const BINARY = 'binary, or text in an encoding other than UTF-8 or UTF-16: save it as UTF-8'

export function readText(found: FoundFile): FileText {
  let bytes: Buffer
  try {
    bytes = wholeFile(found)
  } catch (error) {
    return { text: null, refused: { failed: unreadable(found.path, error) }, sha256: null }
  }
  const sha256 = hash('sha256', bytes)
  const { text, flaw } = decode(bytes)
  return text === null ? { text, refused: { skipped: BINARY }, sha256 } : { text, flaw, sha256 }
}
