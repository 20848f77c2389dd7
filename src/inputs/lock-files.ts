/** Installed versions as the lock files of npm, pnpm, yarn and bun state them, for the package in a folder. */
import { posix } from 'node:path'
import { parseSyml } from '@yarnpkg/parsers'
import { load } from 'js-yaml'
import * as z from 'zod'
import type { ReadFile, Reading } from './format.js'

export interface LockFile {
  /** Folder of the lock file; it speaks for packages at and below it. */
  folder: string
  /** The version that the package in `folder` gets of a dependency; null when the file does not say. */
  versionIn(folder: string, dependency: string, range: string): string | null
  /** The version of another package that such a dependency gets itself. */
  versionBelow(folder: string, dependency: string, range: string, below: string): string | null
}

interface LockText {
  path: string
  text: string
}

/** Lock files kept from reading to linking. */
const locks = new WeakMap<Reading, LockFile>()

export function keepLock(reading: Reading, lock: LockFile): Reading {
  locks.set(reading, lock)
  return reading
}

/** The lock file that a file was read as. */
export function lockOf({ reading }: ReadFile): LockFile | null {
  return locks.get(reading) ?? null
}

/** Characters in which a lock file says that it is one. */
const HEAD = 2000
/** It states the packages of the workspace before those that are installed. */
const IS_BUN = /^\s*\{\s*"lockfileVersion"(?:(?!"packages"\s*:)[^])*?"workspaces"\s*:/

export function isLockFile({ text }: { text: string }): boolean {
  const beginning = text.slice(0, HEAD)
  return (
    /^\s*\{[^]*?"lockfileVersion"\s*:/.test(beginning) ||
    /^lockfileVersion:/m.test(beginning) ||
    /^# yarn lockfile v1$|^__metadata:$/m.test(beginning)
  )
}

/** Throws an Error that says what is wrong with a text that cannot be read. */
export function lockFileOf({ path, text }: LockText): LockFile {
  const folder = posix.dirname(path) === '.' ? '' : posix.dirname(path)
  if (IS_BUN.test(text.slice(0, HEAD))) return bunLock(folder, text)
  if (/^\s*\{/.test(text)) return npmLock(folder, text)
  return /^lockfileVersion:/m.test(text) ? pnpmLock(folder, text) : yarnLock(folder, text)
}

const npmSchema = z.looseObject({
  /** Since version 2: by folder, `services/a/node_modules/pg`. */
  packages: z.record(z.string(), z.looseObject({ version: z.string().optional() })).optional(),
  /** Version 1: what stands at the root of node_modules. */
  dependencies: z.record(z.string(), z.looseObject({ version: z.string().optional() })).optional(),
})

/** The installed copy is the nearest in a node_modules at or above the package, as Node would find it. */
function npmLock(folder: string, text: string): LockFile {
  const { packages = {}, dependencies = {} } = npmSchema.parse(JSON.parse(text))
  const copyFor = (of: string, dependency: string): string | null => {
    for (let at = of; ; at = posix.dirname(at)) {
      const inside = at === '.' ? '' : at
      const copy = posix.join(inside, 'node_modules', dependency)
      if (packages[copy]) return copy
      if (inside === '') return null
    }
  }
  return {
    folder,
    versionIn(of, dependency) {
      const copy = copyFor(posix.relative(folder, of), dependency)
      return (copy === null ? dependencies[dependency] : packages[copy])?.version ?? null
    },
    versionBelow(of, dependency, _, below) {
      const copy = copyFor(posix.relative(folder, of), dependency)
      const inner = copy && copyFor(copy, below)
      return inner ? (packages[inner]?.version ?? null) : null
    },
  }
}

/** `8.18.0`, `7.4.1(prisma@7.4.1)`, `5.0.0_react@18.0.0`; in later versions of the format beside its specifier. */
const pnpmVersion = z.union([
  z.string(),
  z.looseObject({ version: z.string() }).transform(({ version }) => version),
])
const pnpmPackage = z.looseObject({
  dependencies: z.record(z.string(), pnpmVersion).optional(),
  devDependencies: z.record(z.string(), pnpmVersion).optional(),
  optionalDependencies: z.record(z.string(), pnpmVersion).optional(),
})
const pnpmSchema = pnpmPackage.extend({ importers: z.record(z.string(), pnpmPackage).optional() })

/** References to other parts of a YAML text. pnpm writes none, and a few of them stand for any number of packages. */
const ALIAS = /[\s[{,]\*[^\s'"]/

/** Only what the packages ask for is parsed, and entries of the long list of everything installed that are asked about. */
function pnpmLock(folder: string, wholeText: string): LockFile {
  // pnpm 11 puts a document about itself before that of the project.
  const text = wholeText.slice(wholeText.lastIndexOf('\n---\n') + 1)
  const end = text.search(/^(packages|snapshots):/m)
  const asked = end < 0 ? text : text.slice(0, end)
  if (ALIAS.test(asked)) throw new Error('it holds YAML aliases, which pnpm does not write')
  const { importers, ...root } = pnpmSchema.parse(load(asked))
  const packages = importers ?? { '.': root }
  const versionFor = (of: string, dependency: string): string | undefined => {
    const found = packages[posix.relative(folder, of) || '.']
    return (
      found?.dependencies?.[dependency] ??
      found?.optionalDependencies?.[dependency] ??
      found?.devDependencies?.[dependency]
    )
  }
  return {
    folder,
    versionIn: (of, dependency) => pnpmNumber(versionFor(of, dependency)),
    versionBelow(of, dependency, _, below) {
      const version = versionFor(of, dependency)
      const entry = version === undefined || end < 0 ? null : pnpmEntry(text, end, dependency, version)
      return pnpmNumber(entry?.dependencies?.[below])
    },
  }
}

function pnpmNumber(version: string | undefined): string | null {
  return version === undefined ? null : (/^\d+\.\d+\.\d+[^(_]*/.exec(version)?.[0] ?? null)
}

/** What an installed package asks for: under \`snapshots\` since version 9 of the format, before under \`packages\`. */
function pnpmEntry(
  text: string,
  from: number,
  name: string,
  version: string,
): z.infer<typeof pnpmPackage> | null {
  const snapshots = text.indexOf('\nsnapshots:', from)
  const names = [`${name}@${version}`, `/${name}@${version}`, `/${name}/${version}`]
  for (const key of names.flatMap((one) => [`\n  '${one}':\n`, `\n  ${one}:\n`])) {
    const at = text.indexOf(key, Math.max(snapshots, from - 1))
    if (at < 0) continue
    const rest = text.slice(at + key.length)
    const end = rest.search(/^(?! {4}|$)/m)
    const block = end < 0 ? rest : rest.slice(0, end)
    if (ALIAS.test(block)) return null
    return pnpmPackage.safeParse(load(block)).data ?? null
  }
  return null
}

const yarnSchema = z.record(
  z.string(),
  z.looseObject({
    version: z.union([z.string(), z.number()]).optional(),
    dependencies: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  }),
)

/** Entries are named by what was asked for: `pg@^8.0.0, pg@^8.1.0`, since version 2 `pg@npm:^8.0.0`. */
function yarnLock(folder: string, text: string): LockFile {
  const entries = new Map<string, z.infer<typeof yarnSchema>[string]>()
  for (const [names, entry] of Object.entries(yarnSchema.parse(parseSyml(text))))
    for (const name of names.split(/,\s*/)) entries.set(name, entry)
  const entryOf = (dependency: string, range: string): z.infer<typeof yarnSchema>[string] | undefined =>
    entries.get(`${dependency}@${range}`) ?? entries.get(`${dependency}@npm:${range}`)
  const versionOf = (dependency: string, range: string): string | null => {
    const version = entryOf(dependency, range)?.version
    return version === undefined ? null : String(version)
  }
  return {
    folder,
    versionIn: (_, dependency, range) => versionOf(dependency, range),
    versionBelow(_, dependency, range, below) {
      const asked = entryOf(dependency, range)?.dependencies?.[below]
      return asked === undefined ? null : versionOf(below, String(asked).replace(/^npm:/, ''))
    },
  }
}

const bunSchema = z.looseObject({
  workspaces: z.record(z.string(), z.looseObject({ name: z.string().optional() })),
  /** By name, of a copy for one package only behind the name of that: `orders/pg`. First comes `pg@8.11.5`. */
  packages: z.record(z.string(), z.array(z.unknown())).optional(),
})

const TRAILING_COMMA = /("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])/g

function bunLock(folder: string, text: string): LockFile {
  const json = text.replace(TRAILING_COMMA, (_, quoted: string | undefined) => quoted ?? '')
  const { workspaces, packages = {} } = bunSchema.parse(JSON.parse(json))
  const copyFor = (of: string, dependency: string): string | null => {
    const owner = workspaces[posix.relative(folder, of)]?.name
    return [`${owner}/${dependency}`, dependency].find((key) => packages[key]) ?? null
  }
  const versionAt = (copy: string | null | undefined): string | null => {
    const [installed] = (copy && packages[copy]) || []
    return typeof installed === 'string' ? (/@(\d+\.\d+\.\d+[^@]*)$/.exec(installed)?.[1] ?? null) : null
  }
  return {
    folder,
    versionIn: (of, dependency) => versionAt(copyFor(of, dependency)),
    versionBelow(of, dependency, _, below) {
      const copy = copyFor(of, dependency)
      return (
        copy && versionAt([`${copy}/${below}`, `${dependency}/${below}`, below].find((key) => packages[key]))
      )
    },
  }
}
