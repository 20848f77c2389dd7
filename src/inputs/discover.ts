/** Which files are read: everything of a known extension under the roots, minus what is ignored, vendored, generated or test code. */
import ignore, { type Ignore } from 'ignore'
import { readdirSync, statSync, type Dirent } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { compareText } from '../facts/source.js'
import { UserError } from '../knowledge/load.js'
import type { Problem } from './format.js'
import { ignoredBy, ignoreFilesAmong, ignoreRulesOf, type IgnoreRules } from './ignore-files.js'
import {
  isCandidate,
  isFixtureFolder,
  isGenerated,
  isPacked,
  isPipelineFile,
  isPipelineFolder,
  isTestCode,
  isVendoredFolder,
} from './left-out.js'
import { pathFrom } from './paths.js'
import { unreadable } from './unreadable.js'

export interface FoundFile {
  /** Relative to `root`, with `/`. */
  path: string
  absolutePath: string
  /** Bytes. */
  size: number
}

export interface Discovery {
  /** The folder that paths are relative to: the only root, or the nearest folder that holds all roots. */
  root: string
  files: FoundFile[]
  /** Over 10 MB, or packed: read line by line where a format does so, else listed only. */
  tooLarge: FoundFile[]
  leftOut: { what: string; count: number }[]
  problems: Problem[]
}

const MAX_BYTES = 10 * 1024 * 1024

const HIDDEN = 'hidden folders'

/** `include` and `exclude` are patterns as in .gitignore; with an empty `include` everything is included. */
export function discover(roots: string[], patterns: { include: string[]; exclude: string[] }): Discovery {
  const search = new Search(commonFolder(roots), patterns)
  for (const start of [...new Set(roots)].sort(compareText)) search.visitRoot(start)
  return search.result()
}

class Search {
  readonly #root: string
  readonly #included: Ignore | null
  readonly #excluded: Ignore
  readonly #found = new Map<string, FoundFile>()
  /** Kind of thing to the paths of that kind: what lies under two roots counts once. */
  readonly #leftOut = new Map<string, Set<string>>()
  readonly #problems: Problem[] = []

  constructor(root: string, { include, exclude }: { include: string[]; exclude: string[] }) {
    this.#root = root
    this.#included = include.length > 0 ? ignore().add(include) : null
    this.#excluded = ignore().add(exclude)
  }

  visitRoot(start: string): void {
    if (statSync(start).isDirectory()) this.#visitFolder(start, [])
    else this.#visitFile(pathFrom(this.#root, start), start)
  }

  result(): Discovery {
    const sorted = [...this.#found.values()].sort((a, b) => compareText(a.path, b.path))
    return {
      root: this.#root,
      files: sorted.filter((file) => !isLong(file)),
      tooLarge: sorted.filter(isLong),
      leftOut: [...this.#leftOut]
        .map(([what, paths]) => ({ what, count: paths.size }))
        .sort((a, b) => compareText(a.what, b.what)),
      problems: this.#problems,
    }
  }

  #visitFolder(folder: string, above: IgnoreRules[]): void {
    const entries = this.#attempt(folder, () => readdirSync(folder, { withFileTypes: true }))
    if (!entries) return
    const own = ignoreFilesAmong(entries).flatMap(
      (name) => this.#attempt(join(folder, name), () => ignoreRulesOf(folder, name)) ?? [],
    )
    for (const entry of entries) this.#visitEntry(entry, join(folder, entry.name), [...above, ...own])
  }

  #visitEntry(entry: Dirent, absolutePath: string, rules: IgnoreRules[]): void {
    const path = pathFrom(this.#root, absolutePath)
    if (entry.isSymbolicLink()) return this.#leave('symbolic links', path)
    if (!entry.isDirectory() && !entry.isFile()) return this.#leave('other kinds of files', path)
    if (this.#excluded.ignores(entry.isDirectory() ? `${path}/` : path))
      return this.#leave('excluded by the configuration', path)
    const isBesidePipelines = isPipelineFolder(pathFrom(this.#root, dirname(absolutePath)))
    if (isBesidePipelines && !isPipelineFolder(path) && !isPipelineFile(path))
      return this.#leave(HIDDEN, dirname(path))
    const why = entry.isDirectory() ? whyLeftOut(entry.name, path) : null
    if (entry.name === '.git') return
    if (why !== null) return this.#leave(why, path)
    const ignoring = ignoredBy(rules, absolutePath, entry.isDirectory())
    if (ignoring !== null) return this.#leave(`ignored by ${ignoring}`, path)
    if (entry.isDirectory()) this.#visitFolder(absolutePath, rules)
    else this.#visitFile(path, absolutePath)
  }

  #visitFile(path: string, absolutePath: string): void {
    if (!isCandidate(path)) return this.#leave('other kinds of files', path)
    if (this.#included && !this.#included.ignores(path))
      return this.#leave('not included by the configuration', path)
    if (isGenerated(path)) return this.#leave('generated code', path)
    if (isTestCode(path)) return this.#leave('test code', path)
    const size = this.#attempt(absolutePath, () => statSync(absolutePath).size)
    if (size !== null) this.#found.set(path, { path, absolutePath, size })
  }

  #leave(what: string, path: string): void {
    this.#leftOut.set(what, (this.#leftOut.get(what) ?? new Set()).add(path))
  }

  /** Null, and a problem, when the system does not let us. */
  #attempt<T>(absolutePath: string, action: () => T): T | null {
    try {
      return action()
    } catch (error) {
      const path = pathFrom(this.#root, absolutePath) || '.'
      this.#problems.push({ path, line: null, column: null, message: unreadable(path, error) })
      return null
    }
  }
}

/** Of a packed file only unpacking tells. */
function isLong({ path, size }: FoundFile): boolean {
  return size > MAX_BYTES || isPacked(path)
}

/** Why nothing in a folder of this name is read. */
function whyLeftOut(name: string, path: string): string | null {
  if (isVendoredFolder(name)) return 'vendored or built folders'
  if (name.startsWith('.') && !isPipelineFolder(path)) return HIDDEN
  return isFixtureFolder(name) ? 'folders of fixtures and mocks' : null
}

function commonFolder(roots: string[]): string {
  const folders = roots.map((root) => {
    const found = statSync(root, { throwIfNoEntry: false })
    if (!found) throw new UserError(`${root}: no such file or folder; check the path`)
    return found.isDirectory() ? root : dirname(root)
  })
  return folders.reduce((common, folder) => {
    let shared = common
    while (folder !== shared && !folder.startsWith(shared.endsWith(sep) ? shared : shared + sep))
      shared = dirname(shared)
    return shared
  })
}
