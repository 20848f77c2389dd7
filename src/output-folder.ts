/** The folder of the reports: refused before the analysis where it cannot be written, made only when there is something to write. */
import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { makeFolder } from './facts/make-folder.js'
import { UserError } from './knowledge/load.js'

/** Throws a UserError for a name that is none, stands for a file, or lies where nothing may be written. */
export function checkOutputFolder(folder: string): void {
  if (folder.trim() === '')
    throw new UserError('--output: names no folder; name one, or - to print one format')
  let existing = resolve(folder)
  while (!existsSync(existing)) existing = dirname(existing)
  if (!statSync(existing).isDirectory())
    throw new UserError(`${folder}: ${existing} is a file; name a folder with --output`)
  try {
    accessSync(existing, constants.W_OK | constants.X_OK)
  } catch {
    throw new UserError(`${folder}: ${existing} is not writable; name another folder with --output`)
  }
}

/** Throws a UserError where a folder on the way cannot be made. */
export function makeOutputFolder(folder: string): void {
  try {
    makeFolder(folder)
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException
    throw new UserError(`${path ?? folder}: cannot be created (${code}); name another folder with --output`)
  }
}
