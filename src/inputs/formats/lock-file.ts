/** Reads the lock files of npm, pnpm, yarn and bun: no facts of their own, but the versions that the code is judged by. */
import * as z from 'zod'
import type { Format } from '../format.js'
import { isLockFile, keepLock, lockFileOf } from '../lock-files.js'

export const lockFile: Format = {
  name: 'lock-file',
  title: 'lock file of npm, pnpm, yarn or bun',

  recognises: isLockFile,

  read(file) {
    try {
      return keepLock({ facts: [], problems: [] }, lockFileOf(file))
    } catch (error) {
      const message = `not a lock file that can be read: ${reasonOf(error)}; versions are taken from package.json instead. Write it anew with the package manager`
      return {
        facts: [],
        problems: [{ path: file.path, line: null, column: null, message }],
        skipped: 'a lock file that cannot be read',
      }
    }
  },
}

/** The first fault, in one line; the parser of yarn's syntax goes as deep as the text does. */
function reasonOf(error: unknown): string {
  if (error instanceof RangeError) return 'it is nested too deeply'
  if (error instanceof z.ZodError) {
    const [issue] = error.issues
    return issue ? `${issue.path.join('.') || 'the file'}: ${issue.message}` : error.message
  }
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]!
}

export default lockFile
