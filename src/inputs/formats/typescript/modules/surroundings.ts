/** What belongs to a module as its package does: where it has none, the folder around it that no package has a part in. */
import { posix } from 'node:path'
import type { Modules } from './modules.js'

export class Surroundings {
  readonly #withoutPackage = new Map<string | null, string[]>()

  constructor(readonly modules: Modules) {}

  /** Paths of the modules of its package, else of its folder without one; for the same surroundings the same list. */
  of(path: string): string[] {
    const own = this.modules.packageOf(path)
    return own ? this.modules.modulesIn(own) : this.#inFolder(folderWithoutPackage(path, this.modules))
  }

  /** Null is where packages lie: of what is there, only the modules that are in none of them. */
  #inFolder(folder: string | null): string[] {
    let found = this.#withoutPackage.get(folder)
    if (!found) {
      const below = this.modules.below(folder === null ? '' : `${folder}/`)
      found = below.filter((path) => this.modules.packageOf(path) === null)
      this.#withoutPackage.set(folder, found)
    }
    return found
  }
}

/** The largest folder around a module that holds no package; null where the module has a package of its own. */
export function folderWithoutPackage(path: string, modules: Modules): string | null {
  const own = modules.packageOf(path)
  if (own !== null && !holdsPackages(own.folder, modules)) return null
  let found: string | null = null
  for (let at = posix.dirname(path); at !== '.'; at = posix.dirname(at)) {
    if (at === own?.folder || holdsPackages(at, modules)) break
    found = at
  }
  return found
}

function holdsPackages(folder: string, { packages }: Modules): boolean {
  return packages.some((one) => (folder === '' ? one.folder !== '' : one.folder.startsWith(`${folder}/`)))
}
