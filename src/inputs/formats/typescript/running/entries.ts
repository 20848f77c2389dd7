/** Where the code of a package is entered: what its manifest, configuration files and framework name. */
import { posix } from 'node:path'
import { codeEntries } from '../../../../knowledge/code-entries.js'
import type { InputFile } from '../../../format.js'
import { isTestCode } from '../../../left-out.js'
import { isLockFile } from '../../../lock-files.js'
import { isBuilt } from '../modules/built-code.js'
import { loadsOf } from '../syntax/imports.js'
import { likeLost } from '../modules/lost-entries.js'
import type { PackageManifest } from '../modules/manifests.js'
import type { Modules } from '../modules/modules.js'
import { isAside } from '../modules/purposes.js'
import { isScript } from '../syntax/syntax.js'

export interface Entries {
  /** Run by a command, a script or a framework, or named by a configuration file. */
  run: string[]
  /** What users of the package load; of a package without a run entry also what is so called by convention. */
  surface: string[]
  /** Not all is known: any of its modules may be entered. */
  isOpen: boolean
}

export function entriesOf(manifest: PackageManifest, modules: Modules, configured: Set<string>): Entries {
  const scripts = namedByScripts(manifest, modules)
  const commands = manifest.commands.map((path) => moduleIn(manifest, path, modules))
  const surface = surfaceOf(manifest, modules)
  const framework = frameworkEntries(manifest, modules)
  const { processFiles, buildFiles, loaders } = codeEntries()
  const known = [
    ...scripts.run,
    ...commands.filter((path) => path !== null),
    ...modules.modulesIn(manifest).filter((path) => configured.has(path)),
    ...framework.found,
    ...namedInModules(manifest, modules, processFiles).found,
  ]
  const built = namedInModules(manifest, modules, buildFiles)
  const lost = lostScripts(scripts.lost, known, manifest, modules)
  const run = [...known, ...lost.found]
  return {
    run,
    surface: [
      ...surface.found,
      ...scripts.built,
      ...built.found,
      ...(run.length === 0 ? conventional(manifest, modules) : []),
    ],
    isOpen:
      [lost, surface, framework, built].some(({ isLost }) => isLost) ||
      commands.includes(null) ||
      loaders.some((name) => Object.hasOwn(manifest.dependencies, name)),
  }
}

interface Named {
  found: string[]
  /** Something is named whose module is not among the files. */
  isLost: boolean
}

/** The module of a path in a package, which may be that of built code. */
function moduleIn({ folder }: PackageManifest, path: string, modules: Modules): string | null {
  return modules.sourceAt(posix.join(folder, path))
}

function surfaceOf(manifest: PackageManifest, modules: Modules): Named {
  const code = manifest.surface.filter((path) => isScript(posix.extname(path)) && !/\.d\.[cm]?ts$/.test(path))
  return {
    found: code.flatMap((path) => moduleIn(manifest, path, modules) ?? []),
    // A path that no build explains is left over: every `npm init` writes `"main": "index.js"`.
    isLost: code.some(
      (path) => path.includes('*') || (isBuilt(path) && moduleIn(manifest, path, modules) === null),
    ),
  }
}

/**
 * A script that names a source file which is not there cannot run, and is often left over: where other modules of the
 * package are known to be run, it stands for no more than the file may be called now. What is built may be of any of them.
 */
function lostScripts(paths: string[], known: string[], manifest: PackageManifest, modules: Modules): Named {
  const all = modules.modulesIn(manifest)
  return {
    found: paths.flatMap((path) => likeLost(path, all)),
    isLost:
      paths.some((path) => isBuilt(posix.relative(manifest.folder, path))) ||
      (known.every(isAside) && !paths.every(isAside)),
  }
}

/** Entries by their name: asked where nothing tells more. */
function conventional(manifest: PackageManifest, modules: Modules): string[] {
  const { folders, modules: names } = codeEntries()
  return modules.modulesIn(manifest).filter((path) => {
    const inside = posix.parse(posix.relative(manifest.folder, path))
    return folders.includes(inside.dir) && names.test(inside.name)
  })
}

/** Lost where a framework is run that has none of its entries: it was told other places. */
function frameworkEntries(manifest: PackageManifest, modules: Modules): Named {
  const isRun = (command: string): boolean =>
    Object.values(manifest.scripts).some((script) => script.split(/[\s@]/).includes(command))
  const used = codeEntries().frameworks.filter(
    ({ package: name, command }) =>
      Object.hasOwn(manifest.dependencies, name) ||
      (isRun(command) && modules.rangeOf(posix.join(manifest.folder, 'package.json'), name) !== null),
  )
  const all = used.length > 0 ? modules.modulesIn(manifest) : []
  const found = used.map(({ command, entries }) => ({
    command,
    paths: all.filter((path) => entries.some((entry) => entry.test(posix.relative(manifest.folder, path)))),
  }))
  return {
    found: found.flatMap(({ paths }) => paths),
    isLost: found.some(({ command, paths }) => paths.length === 0 && isRun(command)),
  }
}

/** `entry: ['src/*.ts']`: what is built is not known. */
const PATTERN_OF_ENTRIES =
  /\b(?:entry|entryPoints|input)['"]?\s*[:=]\s*(?:\[\s*)?(?:['"`][^'"`\n]*['"`],\s*){0,20}['"`][^'"`\n*]*\*/

/** What modules such as `tsup.config.ts` name, as far as it is there. */
function namedInModules(manifest: PackageManifest, modules: Modules, files: RegExp): Named {
  const texts = modules
    .modulesIn(manifest)
    .filter((path) => files.test(posix.basename(path)))
    .map((path) => ({ folder: posix.dirname(path), text: modules.text(path) }))
  return {
    found: texts.flatMap(({ folder, text }) =>
      loadsOf(text).names.flatMap((name) => modules.sourceAt(posix.join(folder, name)) ?? []),
    ),
    isLost: texts.some(({ text }) => PATTERN_OF_ENTRIES.test(text)),
  }
}

interface Scripts {
  /** Named behind `node`, `tsx` and the like. */
  run: string[]
  /** Named elsewhere, as in `tsup src/index.ts`: what is built is there to be loaded. */
  built: string[]
  /** Paths of which no module is found. */
  lost: string[]
}

function namedByScripts(manifest: PackageManifest, modules: Modules): Scripts {
  const named: Scripts = { run: [], built: [], lost: [] }
  for (const [name, script] of Object.entries(manifest.scripts)) {
    if (codeEntries().otherScripts.test(name)) continue
    let folder = manifest.folder
    for (const command of script.split(/&&|\|\||[;|&]/)) {
      const moved = /^\s*cd\s+([\w@./-]+)/.exec(command)?.[1]
      if (moved !== undefined) folder = posix.join(folder, moved)
      else if (modules.packageOf(posix.join(folder, 'x')) === manifest)
        addNamed(named, command, folder, modules)
    }
  }
  return named
}

/** What a command names that is called in a folder. */
function addNamed(named: Scripts, command: string, folder: string, modules: Modules): void {
  const words = command.split(/\s+/).map((word) => word.replace(/^--?[\w-]+=|['"]/g, ''))
  const runner = words.findIndex((word) => codeEntries().runners.test(posix.basename(word)))
  for (const [index, word] of words.entries()) {
    const isPath = isScript(posix.extname(word))
    const isRun = runner >= 0 && index > runner
    if (!(isPath || isRun) || /^-|^$|\*|node_modules/.test(word)) continue
    const path = posix.join(folder, word)
    const found = modules.sourceAt(path)
    if (found !== null) (isRun ? named.run : named.built).push(found)
    else if (isPath && isRun && !isTestCode(word)) named.lost.push(path)
  }
}

const MODULE_PATH = /(?<![\w@./-])[\w@./-]{1,200}\.[cm]?[jt]sx?\b/g
/** `handler: src/orders.create` names a function of a module. */
const HANDLER = /\bhandler:\s*['"]?([\w./-]{1,200})\.\w+/gi

/** Modules that configuration files name: the command of a container, a function's handler, a watcher's `exec`. */
export function configuredModules(files: InputFile[], modules: Modules): Set<string> {
  const found = new Set<string>()
  for (const file of files) {
    if (isScript(file.extension) || /^(package|tsconfig[^/]*)\.json$/.test(posix.basename(file.path)))
      continue
    if (isLockFile(file)) continue // names modules of packages only
    const names = new Set([
      ...[...file.text.matchAll(MODULE_PATH)].map(([name]) => name),
      ...[...file.text.matchAll(HANDLER)].map(([, name]) => name!),
    ])
    const bases = [posix.dirname(file.path), ...modules.packages.map(({ folder }) => folder)]
    for (const name of names)
      for (const base of bases) {
        const path = modules.sourceAt(posix.join(base, name))
        if (path !== null) found.add(path)
      }
  }
  return found
}
