/** Where the YAML of the knowledge lies: the folder that comes with the tool, and how any such folder is looked through. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, type Dirent } from 'node:fs'
import { join, relative } from 'node:path'
import { PACKAGE_FOLDER } from '../facts/package-folder.js'
import { compareText } from '../facts/source.js'

/** The folder of rules that comes with the tool. */
export const BUILT_IN_RULES = join(PACKAGE_FOLDER, 'rules')

/** All YAML files under a folder, sorted by path; an absent folder holds none. */
export function yamlFilesUnder(folder: string): string[] {
  return entriesOf(folder)
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (isFolder(entry, path)) return yamlFilesUnder(path)
      return /\.ya?ml$/.test(path) ? [path] : []
    })
    .sort(compareText)
}

/** Of the names and texts of all files of some folders, in their order. */
export function digestOf(folders: string[]): string {
  const hash = createHash('sha256')
  for (const folder of folders)
    for (const file of yamlFilesUnder(folder))
      hash
        .update(`${relative(folder, file)}\0`)
        .update(readFileSync(file))
        .update('\0')
  return hash.digest('hex').slice(0, 16)
}

let ownDigest: string | undefined

/** Of the knowledge that comes with the tool, as it lies there now. */
export function builtInDigest(): string {
  return (ownDigest ??= digestOf([BUILT_IN_RULES]))
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

function isFolder(entry: Dirent, path: string): boolean {
  return entry.isDirectory() || (entry.isSymbolicLink() && statSync(path).isDirectory())
}
