/** What imports may have led to whose module is not among the files. */
import { posix } from 'node:path'
import { codeEntries } from '../../../../knowledge/code-entries.js'
import { isCode, isFixtureFolder, isGenerated, isTestCode, isVendoredFolder } from '../../../left-out.js'
import type { Modules } from './modules.js'
import { withoutExtension, withoutQuery } from '../syntax/places.js'
import type { Surroundings } from './surroundings.js'

export class LostImports {
  readonly #around = new Map<string, string[]>()

  constructor(
    readonly modules: Modules,
    readonly surroundings: Surroundings,
  ) {}

  /**
   * Groups of modules, the same group always the same list. Nothing where an import leads out of the project, to what is
   * left out or has no code; else what lies around the place that it names; all of the package where no place is known, or
   * a component stands there that is not read.
   */
  behind(from: string, specifier: string, isInstalled: boolean, placesFromBase: string[]): string[][] {
    if (codeEntries().assets.test(withoutQuery(specifier))) return []
    const named = this.modules.packageNamed(specifier)
    if (named) return [this.modules.modulesIn(named)]
    if (!specifier.startsWith('.') && isInstalled) return []
    const places = this.modules.placesOf(from, specifier)
    if ([...places, ...placesFromBase].some(isLeftOut)) return []
    if (places.length > 0 && !codeEntries().components.test(withoutQuery(specifier)))
      return places.map((place) => this.#like(from, specifier, place))
    return [this.surroundings.of(from)]
  }

  /** Modules that end alike in the package of the file, as after a move; else those around the place that is named. */
  #like(from: string, specifier: string, place: string): string[] {
    const end = `/${specifier.replace(/^(?:\.{1,2}\/)+|\.[cm]?[jt]sx?$/g, '')}`
    const alike = this.surroundings.of(from).filter((path) => withoutExtension(path).endsWith(end))
    return alike.length > 0 ? alike : this.#near(place)
  }

  /** Those in the nearest folder there is above a path, and below it, of the package that the path is in. */
  #near(place: string): string[] {
    if (place.startsWith('..')) return []
    let folder = posix.dirname(place)
    while (folder !== '.' && !this.modules.has(folder)) folder = posix.dirname(folder)
    const owner = this.modules.packageOf(place)
    const key = `${folder}\n${owner?.folder}`
    let found = this.#around.get(key)
    if (!found) {
      const all = this.surroundings.of(posix.join(folder, posix.basename(place)))
      found = folder === '.' ? all : all.filter((path) => path.startsWith(`${folder}/`))
      this.#around.set(key, found)
    }
    return found
  }
}

/** Tests, fixtures and generated code are not among the files, so an import of them leads to nothing that is judged. */
function isLeftOut(path: string): boolean {
  const file = isCode(path) ? path : `${path}.ts`
  return (
    isTestCode(file) ||
    isGenerated(file) ||
    path.split('/').some((segment) => isFixtureFolder(segment) || isVendoredFolder(segment))
  )
}
