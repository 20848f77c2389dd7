/**
 * Folders without a package.json of their own whose code programs of the run share. They fall to none, or to a package that
 * holds others too, and are libraries all the same: what runs of them is what others import.
 */
import { posix } from 'node:path'
import type { InputFile } from '../../../format.js'
import type { ImportGraph } from './import-graph.js'
import type { PackageManifest } from './manifests.js'
import { isAside } from './purposes.js'
import { folderWithoutPackage } from './surroundings.js'

/** `programs`: the packages of which is known that they are run. */
export function sharedFolders(
  code: Iterable<InputFile>,
  programs: Set<PackageManifest>,
  graph: ImportGraph,
): Set<string> {
  const folders = new Set<string>()
  for (const file of code) {
    const user = graph.modules.packageOf(file.path)
    if (user === null || !programs.has(user) || isAside(file.path)) continue
    for (const path of graph.loadedBy(file).modules) {
      const folder = graph.modules.packageOf(path) === user ? null : folderWithoutPackage(path, graph.modules)
      if (folder !== null) folders.add(folder)
    }
  }
  return folders
}

export function isBelow(path: string, folders: Set<string>): boolean {
  for (let at = posix.dirname(path); at !== '.'; at = posix.dirname(at)) if (folders.has(at)) return true
  return false
}
