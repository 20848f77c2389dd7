/** Ignore files, each with the rules it has for the paths below its folder. */
import ignore, { type Ignore } from 'ignore'
import { readFileSync, type Dirent } from 'node:fs'
import { join } from 'node:path'
import { pathFrom } from './paths.js'

const NAMES = ['.gitignore', '.resilienceignore']

export interface IgnoreRules {
  folder: string
  /** Of the file. */
  name: string
  rules: Ignore
}

export function ignoreFilesAmong(entries: Dirent[]): string[] {
  return NAMES.filter((name) => entries.some((entry) => entry.name === name && entry.isFile()))
}

/** Throws what the system throws for a file that may not be read. */
export function ignoreRulesOf(folder: string, name: string): IgnoreRules {
  return { folder, name, rules: ignore().add(readFileSync(join(folder, name), 'utf8')) }
}

/** Name of the ignore file that decides against a path; the nearest folder has the last word, as in git. */
export function ignoredBy(all: IgnoreRules[], absolutePath: string, isFolder: boolean): string | null {
  for (const { folder, rules, name } of all.toReversed()) {
    const verdict = rules.test(pathFrom(folder, absolutePath) + (isFolder ? '/' : ''))
    if (verdict.ignored) return name
    if (verdict.unignored) return null
  }
  return null
}
