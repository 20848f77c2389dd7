/** Where in its file a character of an expression stands, however YAML has folded, indented or quoted it. */
import type { Source } from '../../facts/source.js'

/** What may stand between the key and the first character: an anchor, the sign of a block, a quote. */
const BEFORE = /\s*:\s*(?:[&!]\S+\s+)*(?:[|>][^\n]*\n)?\s*["']?/y

/** Null where the text is written otherwise than it reads: with escapes, or behind an alias. */
export function placeInFile(offset: number, expression: string, key: Source, file: string): Source | null {
  const start = lineStart(file, key.line) + key.column - 1
  const name = /^["']?\w+["']?/.exec(file.slice(start, start + 40))
  if (!name) return null
  BEFORE.lastIndex = start + name[0].length
  if (!BEFORE.test(file)) return null
  const at = aligned(offset, expression, BEFORE.lastIndex, file)
  return at === null ? null : placeAt(at, key.path, file)
}

/** Both texts side by side, blanks aside. */
function aligned(offset: number, expression: string, from: number, file: string): number | null {
  let at = from
  let found: number | null = null
  for (let index = 0; index < expression.length; index++) {
    if (/\s/.test(expression[index]!)) continue
    while (at < file.length && /\s/.test(file[at]!)) at++
    if (file[at] !== expression[index]) return null
    if (index >= offset) found ??= at
    at++
  }
  return found ?? Math.max(from, at - 1)
}

function placeAt(at: number, path: string, file: string): Source {
  const before = file.slice(0, at).split('\n')
  return { path, line: before.length, column: before.at(-1)!.length + 1, endLine: before.length }
}

function lineStart(file: string, line: number): number {
  let at = 0
  for (let count = 1; count < line; count++) at = file.indexOf('\n', at) + 1
  return at
}
