/** What `analyze` is asked: its arguments, options and configuration, checked before anything is read. */
import { execFileSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { loadConfiguration, type Configuration, type LoadedConfiguration } from './knowledge/configuration.js'
import { UserError } from './knowledge/load.js'
import { checkOutputFolder } from './output-folder.js'
import { rendererNames } from './report/renderers.js'
import { ruleFolders } from './rule-folders.js'
import type { AnalyzeOptions, Terminal } from './terminal.js'

export interface AnalyzeRequest {
  /** Absolute. */
  paths: string[]
  ruleFolders: string[]
  configuration: LoadedConfiguration
  asOf: string
  subject: { name: string; revision: string | null; tier: string | null }
  /** Of the reports; null: one format is printed. */
  folder: string | null
}

/** Throws a UserError for the first thing that cannot be meant. */
export function requestOf(paths: string[], options: AnalyzeOptions, { now }: Terminal): AnalyzeRequest {
  const absolute = paths.map(existingPath)
  checkFormats(options)
  checkBrowser(options)
  const folders = ruleFolders(options.rules)
  const configuration = configurationFor(options, absolute[0]!)
  const subject = subjectOf(configuration.value, absolute[0]!)
  const folder = options.output === '-' ? null : (options.output ?? join('reports', fileName(subject.name)))
  if (folder !== null) checkOutputFolder(folder)
  const asOf = (options.asOf ?? now()).toISOString()
  return { paths: absolute, ruleFolders: folders, configuration, asOf, subject, folder }
}

/** An option goes before what the file says. */
function configurationFor({ config, inheritedIgnores }: AnalyzeOptions, path: string): LoadedConfiguration {
  const loaded = loadConfiguration(config, path)
  if (inheritedIgnores) return loaded
  const policies = { ...loaded.value.policies, inheritIgnores: false }
  return { ...loaded, value: { ...loaded.value, policies } }
}

function existingPath(path: string): string {
  if (path.trim() === '')
    throw new UserError('an empty path; name a file or folder to analyse, . for the current one')
  const absolute = resolve(path)
  const found = statSync(absolute, { throwIfNoEntry: false })
  if (!found) throw new UserError(`${path}: no such file or folder; check the path`)
  if (!found.isFile() && !found.isDirectory())
    throw new UserError(`${path}: neither a file nor a folder; check the path`)
  return absolute
}

function checkFormats({ format, output }: AnalyzeOptions): void {
  const known = rendererNames()
  const unknown = format.filter((name) => !known.includes(name))
  if (unknown.length > 0 || format.length === 0)
    throw new UserError(
      `--format: ${unknown.join(', ') || 'nothing'} is not a format; available: ${known.join(', ')}`,
    )
  if (output === '-' && format.length !== 1)
    throw new UserError('--output -: prints one format; name it with --format')
}

/** Only what was named: an installed one that is gone is no mistake of the user. */
function checkBrowser({ browser }: AnalyzeOptions): void {
  if (browser !== undefined && !existsSync(browser))
    throw new UserError(
      `--browser: ${browser || 'nothing'}: no such file; name the executable, or leave it out`,
    )
}

/** The declared name, else the folder's; the revision is git's, when the folder is a checkout. */
function subjectOf(configuration: Configuration, path: string): AnalyzeRequest['subject'] {
  return {
    name: configuration.subject ?? (basename(path) || 'root'),
    revision: revisionOf(path),
    tier: configuration.tier ?? null,
  }
}

function revisionOf(path: string): string | null {
  try {
    return execFileSync('git', ['-C', path, 'rev-parse', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 5_000,
    }).trim()
  } catch {
    return null
  }
}

const MAX_FILE_NAME = 100

function fileName(subject: string): string {
  return (
    subject
      .slice(0, MAX_FILE_NAME)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'report'
  )
}
