/** Files beyond the size that is read. */
import { extname } from 'node:path/posix'
import type { FoundFile } from './discover.js'

const BYTES_PER_MEGABYTE = 1024 * 1024

/** Large JSON is data more often than evidence; large YAML and code would have been read. */
export function tooLarge({ path, size }: FoundFile): { skipped: string } | { failed: string } {
  const reason = `${(size / BYTES_PER_MEGABYTE).toFixed(1)} MB: files over 10 MB are not read; split it, or exclude it with \`exclude\``
  return extname(path).toLowerCase() === '.json' ? { skipped: reason } : { failed: reason }
}
