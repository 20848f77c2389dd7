/** Folders of own rules as named on the command line: whatever is wrong with them is said before anything is loaded. */
import { accessSync, constants, readdirSync, realpathSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { UserError } from './knowledge/load.js'

/** Absolute paths. Throws a UserError for what is no folder, holds no rules, or cannot be read. */
export function ruleFolders(named: string[]): string[] {
  return named.map((name) => {
    const folder = resolve(name)
    const found = statSync(folder, { throwIfNoEntry: false })
    if (name.trim() === '') throw new UserError('--rules: names no folder; name one that holds rules')
    if (!found) throw new UserError(`${folder}: no such folder of rules; check --rules`)
    if (!found.isDirectory()) throw new UserError(`${folder}: is a file; --rules names the folder it lies in`)
    if (readableFiles(folder, []) === 0)
      throw new UserError(`${folder}: holds no rules, which are .yaml files; check --rules`)
    return folder
  })
}

/** How many YAML files lie in a folder and below. `above`: the real paths of the folders that lead there. */
function readableFiles(folder: string, above: string[]): number {
  const real = attempt(folder, () => realpathSync(folder))
  if (above.includes(real)) throw new UserError(`${folder}: leads back to ${real}; remove the link`)
  const entries = attempt(folder, () => readdirSync(folder))
  return entries.reduce((count, entry) => {
    const path = join(folder, entry)
    if (attempt(path, () => statSync(path)).isDirectory())
      return count + readableFiles(path, [...above, real])
    if (!/\.ya?ml$/.test(entry)) return count
    attempt(path, () => accessSync(path, constants.R_OK))
    return count + 1
  }, 0)
}

function attempt<T>(path: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new UserError(`${path}: cannot be read (${code}); remove it, or check that it may be read`)
  }
}
