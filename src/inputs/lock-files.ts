/** Installed versions as the lock files of npm, pnpm and yarn state them, for the package in a folder. */
import { posix } from 'node:path'
import { parseSyml } from '@yarnpkg/parsers'
import { load } from 'js-yaml'
import { z } from 'zod'
import type { ReadFile, Reading } from './format.js'

export interface LockFile {
  /** Folder of the lock file; it speaks for packages at and below it. */
  folder: string
  /** The version that the package in `folder` gets of a dependency; null when the file does not say. */
  versionIn(folder: string, dependency: string, range: string): string | null
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

export function isLockFile({ text }: { text: string }): boolean {
  const beginning = text.slice(0, 2000)
  return (
    /^\s*\{[^]*?"lockfileVersion"\s*:/.test(beginning) ||
    /^lockfileVersion:/m.test(beginning) ||
    /^# yarn lockfile v1$|^__metadata:$/m.test(beginning)
  )
}

/** Throws an Error that says what is wrong with a text that cannot be read. */
export function lockFileOf({ path, text }: LockText): LockFile {
  const folder = posix.dirname(path) === '.' ? '' : posix.dirname(path)
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
  const { packages, dependencies } = npmSchema.parse(JSON.parse(text))
  return {
    folder,
    versionIn(of, dependency) {
      for (let at = posix.relative(folder, of); ; at = posix.dirname(at)) {
        const below = at === '.' ? '' : at
        const found = packages?.[posix.join(below, 'node_modules', dependency)]?.version
        if (found !== undefined) return found
        if (below === '') return dependencies?.[dependency]?.version ?? null
      }
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

/** Only what the packages ask for is parsed: it stands before the long list of everything installed. */
function pnpmLock(folder: string, text: string): LockFile {
  const end = text.search(/^(packages|snapshots):/m)
  const asked = end < 0 ? text : text.slice(0, end)
  if (ALIAS.test(asked)) throw new Error('it holds YAML aliases, which pnpm does not write')
  const { importers, ...root } = pnpmSchema.parse(load(asked))
  const packages = importers ?? { '.': root }
  return {
    folder,
    versionIn(of, dependency) {
      const found = packages[posix.relative(folder, of) || '.']
      const version =
        found?.dependencies?.[dependency] ??
        found?.optionalDependencies?.[dependency] ??
        found?.devDependencies?.[dependency]
      return version === undefined ? null : (/^\d+\.\d+\.\d+[^(_]*/.exec(version)?.[0] ?? null)
    },
  }
}

const yarnSchema = z.record(
  z.string(),
  z.looseObject({ version: z.union([z.string(), z.number()]).optional() }),
)

/** Entries are named by what was asked for: `pg@^8.0.0, pg@^8.1.0`, since version 2 `pg@npm:^8.0.0`. */
function yarnLock(folder: string, text: string): LockFile {
  const versions = new Map<string, string>()
  for (const [names, { version }] of Object.entries(yarnSchema.parse(parseSyml(text))))
    for (const name of names.split(/,\s*/)) if (version !== undefined) versions.set(name, String(version))
  return {
    folder,
    versionIn: (_, dependency, range) =>
      versions.get(`${dependency}@${range}`) ?? versions.get(`${dependency}@npm:${range}`) ?? null,
  }
}
