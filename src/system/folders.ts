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

/** The shortest beginning of a file's folder in which none of the other files stands. */
export function ownFolder(file: string, others: string[]): string {
  const folder = folderOf(file)
  const common = others.map((other) => commonFolders(folder, folderOf(other)))
  return startOf(folder, Math.max(...common) + 1)
}

function partsOf(folder: string): string[] {
  return folder === '' ? [] : folder.split('/')
}
