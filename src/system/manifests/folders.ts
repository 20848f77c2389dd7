/** Folders of manifests, relative to the root, which is ''. */
import { dirname } from 'node:path/posix'

export function folderOf(file: string): string {
  const folder = dirname(file)
  return folder === '.' ? '' : folder
}

/** How many folders two paths go through together. */
export function commonFolders(one: string, other: string): number {
  const [a, b] = [partsOf(one), partsOf(other)]
  const parting = a.findIndex((part, index) => part !== b[index])
  return parting === -1 ? a.length : parting
}

/** The first folders of a path: of `systems/shop/k8s` two are `systems/shop`. */
export function startOf(folder: string, parts: number): string {
  return partsOf(folder).slice(0, parts).join('/')
}

/** How many of the files stand in each folder, at any depth. */
export function countByFolder(files: string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const file of files)
    for (const folder of beginningsOf(folderOf(file))) counts.set(folder, (counts.get(folder) ?? 0) + 1)
  return counts
}

/** The shortest beginning of a file's folder in which no file but those of its own stands; its folder when there is none. */
export function ownFolder(file: string, own: string[], all: Map<string, number>): string {
  const mine = countByFolder(own)
  const folder = folderOf(file)
  const isOwn = (beginning: string): boolean => (all.get(beginning) ?? 0) === (mine.get(beginning) ?? 0)
  return beginningsOf(folder).find(isOwn) ?? folder
}

/** Of `systems/shop`: the root, `systems`, `systems/shop`. */
function beginningsOf(folder: string): string[] {
  return ['', ...partsOf(folder).map((_, index, parts) => parts.slice(0, index + 1).join('/'))]
}

function partsOf(folder: string): string[] {
  return folder === '' ? [] : folder.split('/')
}
