/** What stands in comments: what people, or a script at the start, fill in before the file is read. */
import type { Source } from '../../facts/source.js'

const REMARKED = /^\s*#+\s*(?:-\s*)?["']?([A-Za-z_][\w-]*)["']?\s*:/
const REMARK_OR_BLANK = /^\s*(#|$)/

/** Keys within a place, and in the comments that follow it at once. */
export function remarkedKeys(text: string, { line, endLine }: Pick<Source, 'line' | 'endLine'>): string[] {
  const lines = text.split('\n')
  let end = endLine
  while (end < lines.length && REMARK_OR_BLANK.test(lines[end]!)) end++
  return lines.slice(line - 1, end).flatMap((one) => REMARKED.exec(one)?.[1] ?? [])
}

/** Without quotes, brackets or another comment before it, so that it is surely none of the value. */
const BEHIND = /^[^#'"[\]{}]*?[^#'"[\]{}\s]\s+(#.*)$/

/** The comment on the first line of a place, behind a value that is written without quotes. */
export function commentBehind(
  text: string,
  { line }: Pick<Source, 'line'>,
  lineStarts: number[],
): string | null {
  const start = lineStarts[line - 1]
  if (start === undefined) return null
  return BEHIND.exec(text.slice(start, lineStarts[line]).trimEnd())?.[1] ?? null
}

const REMARK = /^\s*#+\s?(.*?)\s*$/

/** The comments on lines of their own within a place; lines that follow one another are one comment. */
export function ownComments(
  text: string,
  { line, endLine }: Pick<Source, 'line' | 'endLine'>,
  lineStarts: number[],
): string[] {
  const start = lineStarts[line - 1]
  if (start === undefined) return []
  const comments: string[][] = []
  let current: string[] | null = null
  for (const one of text.slice(start, lineStarts[endLine]).split('\n')) {
    const words = REMARK.exec(one)?.[1]
    if (words === undefined) current = null
    else if (current) current.push(words)
    else comments.push((current = [words]))
  }
  return comments.map((lines) => lines.join(' '))
}
