/** Names under which installed packages export what they are. */
import type { Library } from '../../../../knowledge/libraries.js'

export class PackageNames {
  readonly #itself: Map<string, string[]>

  constructor(libraries: readonly Pick<Library, 'imports' | 'itself'>[]) {
    this.#itself = new Map(
      libraries.flatMap(({ imports, itself }) =>
        itself.length > 0 ? imports.map((module): [string, string[]] => [module, itself]) : [],
      ),
    )
  }

  /** What names taken out of a package mean, '' for the module itself: `got` and the default export of got alike. */
  pathOf(module: string, names: string[]): string {
    const given = names.filter((name) => name !== '')
    const [first = '', ...rest] = given
    const isItself = first === 'default' || this.#itself.get(module)?.includes(first)
    return (isItself ? rest : given).join('.')
  }
}
