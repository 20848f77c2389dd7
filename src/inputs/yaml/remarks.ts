/** Keys that stand in comments: what people, or a script at the start, fill in before the file is read. */
import type { Source } from '../../facts/source.js'

const REMARKED = /^\s*#+\s*(?:-\s*)?["']?([A-Za-z_][\w-]*)["']?\s*:/
const REMARK_OR_BLANK = /^\s*(#|$)/

/** Those within a place, and in the comments that follow it at once. */
export function remarkedKeys(text: string, { line, endLine }: Pick<Source, 'line' | 'endLine'>): string[] {
  const lines = text.split('\n')
  let end = endLine
  while (end < lines.length && REMARK_OR_BLANK.test(lines[end]!)) end++
  return lines.slice(line - 1, end).flatMap((one) => REMARKED.exec(one)?.[1] ?? [])
}
