/** What became of one file, and how the result tells it. */
import { extname } from 'node:path/posix'
import type { Format, InputFile, Reading } from './format.js'

export interface InputEntry {
  path: string
  /** Name of a format; of a file that no format reads, its extension. */
  format: string
  status: 'parsed' | 'partial' | 'skipped' | 'failed'
  reason: string | null
  /** Null when the file was not read. */
  sha256: string | null
  /** No format reads it, and nothing says that any should. */
  isOtherKind?: true
}

/** What became of a file, or what one of several formats read of it: `format` is null when none read it. */
export interface Outcome {
  path: string
  format: Format | null
  /** Whose output was read in its place. */
  renderer?: string
  file: InputFile | null
  sha256: string | null
  reading: Reading
}

export function entryOf({ path, format, renderer, sha256, reading }: Outcome): InputEntry {
  const { failed, skipped, skippedAs, partial } = reading
  const status =
    failed !== undefined
      ? 'failed'
      : skipped !== undefined
        ? 'skipped'
        : partial !== undefined
          ? 'partial'
          : 'parsed'
  return {
    path,
    format: format?.name ?? renderer ?? extensionOf(path).slice(1),
    status,
    reason: failed ?? skipped ?? partial ?? null,
    sha256,
    ...(status === 'skipped' && skippedAs === 'no-known-kind' && { isOtherKind: true }),
  }
}

/** Of what is packed that of its content. */
export function extensionOf(path: string): string {
  return extname(path.replace(/\.gz$/i, '')).toLowerCase()
}
