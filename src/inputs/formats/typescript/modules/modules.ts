/** All files of a run as modules: which file an import means, and which package a file is in. Files are parsed when first asked for. */
import { posix } from 'node:path'
import { compare, satisfies, validRange } from 'semver'
import { compareText } from '../../../../facts/source.js'
import type { ReadFile } from '../../../format.js'
import { lockOf, type LockFile } from '../../../lock-files.js'
import { sourcePlaces } from './built-code.js'
import { aliasesOf, manifestOf, type PackageManifest, type PathAlias } from './manifests.js'
import { Mentions } from './mentions.js'
import { PackageNames } from './package-names.js'
import { placeAt, withoutExtension, withoutQuery } from '../syntax/places.js'
import { isScript, type TS } from '../syntax/syntax.js'
import { treeOf } from '../syntax/trees.js'
import { WrittenAddresses } from '../syntax/written-addresses.js'

const EXTENSIONS = ['.ts', '.tsx', '.js', '.jsx', '.mts', '.cts', '.mjs', '.cjs']
export class Modules {
  readonly #files = new Map<string, ReadFile>()
  /** All of them, and their names without extension and folders. */
  readonly #places = new Set<string>()
  /** The deepest first. */
  readonly packages: PackageManifest[]
  readonly #aliases: PathAlias[]
  readonly #locks: LockFile[]
  readonly #packageOf = new Map<string, PackageManifest | null>()
  readonly #below = new Map<string, string | null>()
  #byPackage: Map<PackageManifest, string[]> | null = null
  #dependencies: Set<string> | null = null
  readonly #resolved = new Map<string, Map<string, string | null>>()
  readonly addresses: WrittenAddresses
  readonly mentions: Mentions

  constructor(
    files: ReadFile[],
    readonly packageNames = new PackageNames([]),
  ) {
    this.addresses = new WrittenAddresses(files)
    this.mentions = new Mentions(files)
    for (const file of files) {
      this.#files.set(file.path, file)
      this.#addPlaces(file.path)
    }
    this.packages = files.flatMap((file) =>
      posix.basename(file.path) === 'package.json' ? manifestOf(file) : [],
    )
    this.packages.sort((a, b) => b.folder.length - a.folder.length || compareText(a.folder, b.folder))
    this.#locks = files.flatMap((file) => lockOf(file) ?? [])
    this.#aliases = files.flatMap((file) =>
      /^tsconfig[^/]*\.json$/.test(posix.basename(file.path)) ? aliasesOf(file) : [],
    )
  }

  /** The packages whose folder holds a file, the nearest first. */
  #above(path: string): PackageManifest[] {
    return this.packages.filter(({ folder }) => folder === '' || path.startsWith(`${folder}/`))
  }

  /** The nearest package above a file. */
  packageOf(path: string): PackageManifest | null {
    let found = this.#packageOf.get(path)
    if (found === undefined) {
      found = this.packages.find(({ folder }) => folder === '' || path.startsWith(`${folder}/`)) ?? null
      this.#packageOf.set(path, found)
    }
    return found
  }

  /** Paths of the modules whose nearest package this is. */
  modulesIn(manifest: PackageManifest): string[] {
    this.#byPackage ??= this.#modulesByPackage()
    return this.#byPackage.get(manifest) ?? []
  }

  #modulesByPackage(): Map<PackageManifest, string[]> {
    const byPackage = new Map(this.packages.map((manifest): [PackageManifest, string[]] => [manifest, []]))
    for (const path of this.#files.keys()) {
      const owner = isScript(posix.extname(path)) ? this.packageOf(path) : null
      if (owner) byPackage.get(owner)!.push(path)
    }
    return byPackage
  }

  /** The range of a dependency for a file: of its package, else of a package above. */
  rangeOf(path: string, dependency: string): string | null {
    const owner = this.#above(path).find(({ dependencies }) => dependencies[dependency] !== undefined)
    return owner?.dependencies[dependency] ?? null
  }

  /**
   * What is installed of a dependency for a file: the version in the lock files, all of them when they differ, else the
   * range of its package.json. Null when no package.json names it, or by no range (`workspace:*`, `latest`).
   */
  versionsOf(path: string, dependency: string): string | null {
    const owner = this.#ownerOf(path, dependency)
    if (!owner) return null
    const range = owner.dependencies[dependency]!
    const locked = this.#locksFor(owner)
      .flatMap((lock) => lock.versionIn(owner.folder, dependency, range) ?? [])
      .filter((version) => validRange(range) === null || satisfies(version, range))
    if (locked.length > 0) return anyOf(locked)
    return range === '*' ? null : validRange(range) === null ? null : range
  }

  /** What is installed of a package that only a dependency of a file asks for, as the lock files say. */
  versionsBelow(path: string, dependency: string, below: string): string | null {
    const owner = this.#ownerOf(path, dependency)
    if (!owner) return null
    const key = [owner.folder, dependency, below].join('\n')
    let found = this.#below.get(key)
    if (found === undefined) {
      const range = owner.dependencies[dependency]!
      const locked = this.#locksFor(owner).flatMap(
        (lock) => lock.versionBelow(owner.folder, dependency, range, below) ?? [],
      )
      this.#below.set(key, (found = locked.length > 0 ? anyOf(locked) : null))
    }
    return found
  }

  #ownerOf(path: string, dependency: string): PackageManifest | undefined {
    return this.#above(path).find(({ dependencies }) => dependencies[dependency] !== undefined)
  }

  #locksFor(owner: PackageManifest): LockFile[] {
    return this.#locks.filter(
      ({ folder }) => folder === '' || owner.folder === folder || owner.folder.startsWith(`${folder}/`),
    )
  }

  /** Whether any package.json of the run names it: installing often puts it where all find it. */
  isDependency(name: string): boolean {
    this.#dependencies ??= new Set(this.packages.flatMap(({ dependencies }) => Object.keys(dependencies)))
    return this.#dependencies.has(name)
  }

  /** Whether the package of a file, or one above, depends on anything in a scope such as `@nestjs`. */
  declaresInScope(path: string, scope: string): boolean {
    return this.#above(path).some(({ dependencies }) =>
      Object.keys(dependencies).some((name) => name.startsWith(`${scope}/`)),
    )
  }

  /** The package of the run that a specifier names, whether or not the module behind it is found. */
  packageNamed(specifier: string): PackageManifest | null {
    return this.packages.find(({ name }) => specifier === name || specifier.startsWith(`${name}/`)) ?? null
  }

  /** Whether there is a file or folder of this name; that of a file may lack its extension. */
  has(place: string): boolean {
    return this.#places.has(place)
  }

  #addPlaces(path: string): void {
    this.#places.add(path).add(withoutExtension(path))
    let folder = posix.dirname(path)
    while (folder !== '.' && !this.#places.has(folder)) {
      this.#places.add(folder)
      folder = posix.dirname(folder)
    }
  }

  /** Paths of the modules below a folder, which is given with its last `/`. */
  below(folder: string): string[] {
    return [...this.#files.keys()].filter((path) => path.startsWith(folder) && isScript(posix.extname(path)))
  }

  text(path: string): string {
    return this.#files.get(path)?.text ?? ''
  }

  tree(path: string): TS.SourceFile | null {
    const file = this.#files.get(path)
    return file ? treeOf(file) : null
  }

  /** The trees of the files at these paths, else of all, whose text holds a word or matches a pattern. */
  treesWith(sought: string | RegExp, paths: Iterable<string> = this.#files.keys()): TS.SourceFile[] {
    const isSought = (text: string): boolean =>
      typeof sought === 'string' ? text.includes(sought) : sought.test(text)
    return [...paths].flatMap((path) => {
      const file = this.#files.get(path)
      return file && isScript(file.extension) && isSought(file.text) ? (treeOf(file) ?? []) : []
    })
  }

  /** The file that an import specifier means; null for installed packages and files that are not there. */
  resolve(from: string, specifier: string): string | null {
    let known = this.#resolved.get(from)
    if (!known) this.#resolved.set(from, (known = new Map()))
    let found = known.get(specifier)
    if (found === undefined) known.set(specifier, (found = this.#find(from, specifier)))
    return found
  }

  #find(from: string, specifier: string): string | null {
    for (const place of this.placesOf(from, specifier)) {
      const found = this.#existing(place)
      if (found) return found
    }
    if (specifier.startsWith('.')) return null
    const owner = this.packageNamed(specifier)
    if (!owner) return null
    const inside = specifier.slice(owner.name.length)
    const places = inside === '' ? [owner.main, 'src/index', 'index'] : [inside, `src${inside}`]
    for (const place of places) {
      const found = this.#existing(posix.join(owner.folder, place))
      if (found) return found
    }
    return null
  }

  /** The paths that a specifier may mean, by itself or by an alias of the compiler. */
  placesOf(from: string, specifier: string): string[] {
    const path = withoutQuery(specifier)
    if (path.startsWith('.')) return [placeAt(posix.dirname(from), path)]
    return this.#aliases.flatMap(({ folder, prefix, targets }) =>
      path.startsWith(prefix) && (folder === '' || from.startsWith(`${folder}/`))
        ? targets.map((target) => placeAt(folder, target, path.slice(prefix.length)))
        : [],
    )
  }

  /** The module at a path, or the one that a path in a folder of built code is built from. */
  sourceAt(path: string): string | null {
    for (const place of [path, ...sourcePlaces(path)]) {
      const found = this.#existing(place)
      if (found !== null) return found
    }
    return null
  }

  #existing(place: string): string | null {
    const stem = place.replace(/\.[cm]?jsx?$/, '')
    if (!this.#places.has(stem) && !this.#places.has(place)) return null
    if (this.#files.has(place) && isScript(posix.extname(place))) return place
    for (const extension of EXTENSIONS) {
      for (const path of [stem + extension, place + extension, `${place}/index${extension}`])
        if (this.#files.has(path)) return path
    }
    return null
  }
}

function anyOf(versions: string[]): string {
  return [...new Set(versions)].sort(compare).join(' || ')
}
