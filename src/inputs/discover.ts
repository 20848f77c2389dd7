/** Which files are read: everything of a known extension under the roots, minus what is ignored, vendored, generated or test code. */
import ignore, { type Ignore } from 'ignore'
import { readdirSync, readFileSync, statSync, type Dirent } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { compareText } from '../facts/source.js'
import { UserError } from '../knowledge/load.js'
import type { Problem } from './format.js'
import { isCandidate, isFixtureFolder, isGenerated, isTestCode, isVendoredFolder } from './left-out.js'

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
  /** Over 10 MB: listed, not read. */
  tooLarge: FoundFile[]
  leftOut: { what: string; count: number }[]
  problems: Problem[]
}

const MAX_BYTES = 10 * 1024 * 1024
const IGNORE_FILES = ['.gitignore', '.resilienceignore']

/** Ignore rules of one folder, which speak of paths below it. */
interface IgnoreRules {
  folder: string
  rules: Ignore
  name: string
}

/** `include` and `exclude` are patterns as in .gitignore; with an empty `include` everything is included. */
export function discover(roots: string[], patterns: { include: string[]; exclude: string[] }): Discovery {
  const root = commonFolder(roots)
  const included = patterns.include.length > 0 ? ignore().add(patterns.include) : null
  const excluded = ignore().add(patterns.exclude)
  const found = new Map<string, FoundFile>()
  const leftOut = new Map<string, Set<string>>()
  const problems: Problem[] = []
  const leave = (what: string, path: string): void =>
    void leftOut.set(what, (leftOut.get(what) ?? new Set()).add(path))

  const visitFolder = (folder: string, above: IgnoreRules[]): void => {
    const entries = attempt(folder, () => readdirSync(folder, { withFileTypes: true }))
    if (!entries) return
    const rules = [...above, ...rulesIn(folder, entries)]
    for (const entry of entries) visitEntry(entry, join(folder, entry.name), rules)
  }

  const visitEntry = (entry: Dirent, absolutePath: string, rules: IgnoreRules[]): void => {
    const path = pathFrom(root, absolutePath)
    if (entry.isSymbolicLink()) return leave('symbolic links', path)
    if (!entry.isDirectory() && !entry.isFile()) return leave('other kinds of files', path)
    const asked = entry.isDirectory() ? `${path}/` : path
    const ignoredBy = rulesAgainst(rules, absolutePath, entry.isDirectory())
    if (excluded.ignores(asked)) return leave('excluded by the configuration', path)
    if (entry.isDirectory()) {
      if (entry.name === '.git') return
      if (isVendoredFolder(entry.name)) return leave('vendored or built folders', path)
      if (entry.name.startsWith('.')) return leave('hidden folders', path)
      if (isFixtureFolder(entry.name)) return leave('folders of fixtures and mocks', path)
      return ignoredBy ? leave(`ignored by ${ignoredBy}`, path) : visitFolder(absolutePath, rules)
    }
    return ignoredBy ? leave(`ignored by ${ignoredBy}`, path) : visitFile(path, absolutePath)
  }

  const visitFile = (path: string, absolutePath: string): void => {
    if (!isCandidate(path)) return leave('other kinds of files', path)
    if (included && !included.ignores(path)) return leave('not included by the configuration', path)
    if (isGenerated(path)) return leave('generated code', path)
    if (isTestCode(path)) return leave('test code', path)
    const size = attempt(absolutePath, () => statSync(absolutePath).size)
    if (size !== null) found.set(path, { path, absolutePath, size })
  }

  const attempt = <T>(absolutePath: string, action: () => T): T | null => {
    try {
      return action()
    } catch (error) {
      problems.push({
        path: pathFrom(root, absolutePath) || '.',
        line: null,
        column: null,
        message: unreadable(error),
      })
      return null
    }
  }

  for (const start of [...new Set(roots)].sort(compareText)) {
    if (statSync(start).isDirectory()) visitFolder(start, [])
    else visitFile(pathFrom(root, start), start)
  }
  const sorted = [...found.values()].sort((a, b) => compareText(a.path, b.path))
  return {
    root,
    files: sorted.filter((file) => file.size <= MAX_BYTES),
    tooLarge: sorted.filter((file) => file.size > MAX_BYTES),
    leftOut: [...leftOut]
      .map(([what, paths]) => ({ what, count: paths.size }))
      .sort((a, b) => compareText(a.what, b.what)),
    problems,
  }
}

/** Message for a file or folder that the system does not let us read. */
export function unreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  return `cannot be read (${code}): check that it is there and may be read`
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

function rulesIn(folder: string, entries: Dirent[]): IgnoreRules[] {
  return IGNORE_FILES.filter((name) =>
    entries.some((entry) => entry.name === name && entry.isFile()),
  ).flatMap((name) => {
    try {
      return [{ folder, name, rules: ignore().add(readFileSync(join(folder, name), 'utf8')) }]
    } catch {
      return []
    }
  })
}

/** Name of the ignore file that decides against a path; the nearest folder has the last word, as in git. */
function rulesAgainst(all: IgnoreRules[], absolutePath: string, isFolder: boolean): string | null {
  for (const { folder, rules, name } of all.toReversed()) {
    const verdict = rules.test(pathFrom(folder, absolutePath) + (isFolder ? '/' : ''))
    if (verdict.ignored) return name
    if (verdict.unignored) return null
  }
  return null
}

function pathFrom(folder: string, absolutePath: string): string {
  const path = relative(folder, absolutePath)
  return sep === '/' ? path : path.split(sep).join('/')
}
