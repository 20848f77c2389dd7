/**
 * What the modules of a run are for. Names and manifests tell where modules of a purpose are entered; what those load is
 * of the same purpose, and whatever a service loads serves.
 */
import { posix } from 'node:path'
import type { CodePackage, OtherRole } from '../../../../facts/code.js'
import { codeRoles } from '../../../../knowledge/code-roles.js'
import type { Library } from '../../../../knowledge/libraries.js'
import type { ReadFile } from '../../../format.js'
import type { ImportGraph } from '../modules/import-graph.js'
import { extensionFolder, isOfExtension } from './extensions.js'
import { apartFrom, besideFrom } from '../modules/purposes.js'
import { Components } from './components.js'
import { runsInBrowser, runsOnServer } from './sides.js'

/** `components-only`: loaded by nothing but components that browser and server both render. */
export type Role = OtherRole | 'service' | 'components-only'

/**
 * What a module is by itself. `browser` says so in its text; a `component` is part of a user interface wherever it runs;
 * a `server` can run nowhere else. The others follow from where they lie, and serve when something that serves loads them.
 */
type Own = OtherRole | 'service' | 'component' | 'server' | 'interface'

/** In this order they decide what is loaded by several of them. */
const OTHERS: OtherRole[] = ['browser', 'command', 'migration', 'script', 'example', 'configuration']

export class Roles {
  readonly #code: Map<string, ReadFile>
  readonly #packages: Map<string, CodePackage>
  readonly #extensions: string[]
  readonly #own = new Map<string, Own>()
  /** Those of the browser of which only one sign says so. */
  readonly #likely = new Set<string>()
  readonly #components: Components
  readonly #loaded: Set<string>
  #serving = new Set<string>()
  readonly #roles = new Map<string, Role>()

  /** `code` are the files with code among all files. */
  constructor(
    code: ReadFile[],
    files: ReadFile[],
    readonly graph: ImportGraph,
    readonly libraries: Library[],
  ) {
    this.#code = new Map(code.map((file) => [file.path, file]))
    this.#components = new Components(this.#code, graph)
    const facts = files.flatMap(({ reading }) => reading.facts)
    const packages = facts.filter((fact) => fact.fact === 'package')
    this.#packages = new Map(packages.map((pack) => [pack.folder, pack]))
    this.#extensions = facts
      .filter((fact) => fact.fact === 'browser-extension')
      .map((extension) => extensionFolder(extension, graph.modules))
      .filter((folder) => folder !== null)
    const commands = this.#commandModules()
    for (const file of code) this.#own.set(file.path, this.#ownRole(file, commands))
    this.#settleDoubts()
    this.#loaded = this.#loadedModules()
    this.#assign()
  }

  /** A server loads it, even if it is a component: mails are rendered there. */
  isLoadedByServer(path: string): boolean {
    return this.#serving.has(path)
  }

  /** Part of a user interface, wherever it runs. */
  isComponent(file: ReadFile): boolean {
    return this.#components.has(file)
  }

  of(path: string): Role {
    return this.#roles.get(path) ?? 'service'
  }

  #ownRole(file: ReadFile, commands: Set<string>): Own {
    const apart = apartFrom(file.path)
    if (apart !== null) return apart
    const imports = this.graph.namedBy(file)
    const onServer = runsOnServer(file, this.graph, this.libraries)
    const inBrowser = onServer ? null : runsInBrowser(file, imports)
    if (inBrowser === 'likely' && !this.isComponent(file)) this.#likely.add(file.path)
    if (inBrowser !== null) return 'browser'
    if (!onServer && isOfExtension(file.path, this.#extensions, this.graph.modules)) return 'interface'
    const ofPackage = OF_PACKAGE[this.#packageOf(file.path)?.role ?? 'library']
    const beside = besideFrom(file.path) ?? (this.#isTemplate(file.path) ? 'example' : null)
    const isCommand = commands.has(file.path) || this.#isCalledByHand(file)
    const placed = ofPackage ?? beside ?? (isCommand ? 'command' : null)
    if (placed !== null) return placed
    if (onServer) return 'server'
    return this.isComponent(file) ? 'component' : 'service'
  }

  /** What a server loads runs there, whatever it is for; where components are rendered, what they load may not. */
  #settleDoubts(): void {
    if (this.#likely.size === 0) return
    const isPart = (path: string): boolean => this.isComponent(this.#code.get(path)!)
    const found = new Set(this.#ofOwn('server').filter((path) => !isPart(path)))
    for (const path of found)
      for (const module of this.graph.loadedBy(this.#code.get(path)!).modules) {
        const own = this.#own.get(module)
        const isCertain = own === 'browser' && !this.#likely.has(module)
        if (own !== undefined && !isApart(own) && !isCertain && !isPart(module)) found.add(module)
      }
    for (const path of this.#likely) if (found.has(path)) this.#own.set(path, 'service')
  }

  /** The nearest package that was read as one. */
  #packageOf(path: string): CodePackage | null {
    for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
      const found = this.#packages.get(folder === '.' ? '' : folder)
      if (found || folder === '.') return found ?? null
    }
  }

  /** Below a folder of its package from which a generator copies. What serves loads is none, be it by a name put together. */
  #isTemplate(path: string): boolean {
    if (this.isComponent(this.#code.get(path)!)) return false
    const folder = this.graph.modules.packageOf(path)?.folder ?? ''
    return codeRoles().templateFolders.test(posix.relative(folder, path))
  }

  /** `#!/usr/bin/env node` in a module that its package does not name: no start of the service. */
  #isCalledByHand({ path, text }: ReadFile): boolean {
    const own = text.startsWith('#!') ? this.graph.modules.packageOf(path) : null
    if (own === null) return false
    const { name } = posix.parse(path)
    const named = [...Object.values(own.scripts), ...own.commands, ...own.surface]
    return !named.some((text) => text.includes(name))
  }

  /** The commands of packages that have more to offer, and no server among it. */
  #commandModules(): Set<string> {
    const { modules } = this.graph
    const others = modules.packages.filter(
      ({ dependencies }) => !codeRoles().serverPackages.some((name) => Object.hasOwn(dependencies, name)),
    )
    return new Set(
      others.flatMap(({ folder, commands }) =>
        commands.flatMap((path) => modules.sourceAt(posix.join(folder, path)) ?? []),
      ),
    )
  }

  #assign(): void {
    const serving = this.#loadedFrom(this.#servers(), (own) => own !== 'browser')
    this.#serving = serving
    for (const path of serving) this.#give(path, 'service')
    const bothSides = this.#ofOwn('component').filter((path) => !serving.has(path) && this.#isRendered(path))
    for (const path of this.#loadedFrom(bothSides, (own) => own !== 'browser'))
      this.#give(path, 'components-only')
    for (const role of OTHERS) {
      const entered = [...this.#own].flatMap(([path, own]) => (roleWithout(own) === role ? [path] : []))
      for (const path of this.#loadedFrom(entered, () => true)) this.#give(path, role)
    }
    for (const [path, own] of this.#own) if (isApart(own)) this.#roles.set(path, own)
  }

  /** What is given first stays; what is something else by itself stays that, unless it serves. */
  #give(path: string, role: Role): void {
    if (this.#roles.has(path)) return
    const own = this.#own.get(path)!
    const isLeft = role === 'service' ? own === 'component' : true
    this.#roles.set(path, (isLeft ? roleWithout(own) : null) ?? role)
  }

  /** Modules of a service that nothing loads, so that they are run, and those that can run nowhere else. */
  #servers(): string[] {
    return [...this.#ofOwn('server'), ...this.#ofOwn('service').filter((path) => !this.#loaded.has(path))]
  }

  /** Modules that others load. */
  #loadedModules(): Set<string> {
    const loaded = new Set<string>()
    for (const [path, file] of this.#code)
      if (!isApart(this.#own.get(path)!))
        for (const module of this.graph.loadedBy(file).modules) if (module !== path) loaded.add(module)
    return loaded
  }

  #ofOwn(wanted: Own): string[] {
    return [...this.#own].flatMap(([path, own]) => (own === wanted ? [path] : []))
  }

  /** Its framework renders components on the server as well. */
  #isRendered(path: string): boolean {
    const dependencies = this.graph.modules.packageOf(path)?.dependencies ?? {}
    return codeRoles().renderedOnServer.some((name) => Object.hasOwn(dependencies, name))
  }

  /** The modules themselves and all that they load, over those that may be entered. */
  #loadedFrom(start: string[], mayEnter: (own: Own) => boolean): Set<string> {
    const found = new Set(start)
    const opened = new Set<string[]>()
    for (const path of found) {
      const { modules, lost, computed } = this.graph.loadedBy(this.#code.get(path)!)
      const open = [...lost, ...computed].filter((group) => !opened.has(group))
      for (const group of open) opened.add(group)
      // Of a module that others load it is known who they are.
      const isOpenTo = (module: string): boolean =>
        (this.#own.get(module) === 'service' || this.#isTemplate(module)) && !this.#loaded.has(module)
      for (const module of [...modules, ...open.flat().filter(isOpenTo)]) {
        const own = this.#own.get(module)
        if (own !== undefined && !isApart(own) && mayEnter(own)) found.add(module)
      }
    }
    return found
  }
}

const OF_PACKAGE: Record<CodePackage['role'], OtherRole | 'interface' | null> = {
  service: null,
  library: null,
  tool: 'command',
  browser: 'interface',
  example: 'example',
}

/** What a module is where no service loads it; null where that says nothing. */
function roleWithout(own: Own): OtherRole | null {
  if (own === 'service' || own === 'server') return null
  return own === 'component' || own === 'interface' ? 'browser' : own
}

function isApart(own: Own): own is 'tests' | 'build' {
  return own === 'tests' || own === 'build'
}
