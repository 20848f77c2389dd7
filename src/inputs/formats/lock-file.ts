/** Reads the lock files of npm, pnpm and yarn: no facts of their own, but the versions that the code is judged by. */
import type { Format } from '../format.js'
import { isLockFile, keepLock, lockFileOf } from '../lock-files.js'

export const lockFile: Format = {
  name: 'lock-file',
  title: 'lock file of npm, pnpm or yarn',

  recognises: isLockFile,

  read(file) {
    try {
      return keepLock({ facts: [], problems: [] }, lockFileOf(file))
    } catch (error) {
      const [reason] = (error instanceof Error ? error.message : String(error)).split('\n')
      const message = `not a lock file that can be read: ${reason}; versions are taken from package.json instead. Write it anew with the package manager`
      return {
        facts: [],
        problems: [{ path: file.path, line: null, column: null, message }],
        skipped: 'a lock file that cannot be read',
      }
    }
  },
}

export default lockFile
