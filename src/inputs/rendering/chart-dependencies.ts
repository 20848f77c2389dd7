/** What a chart depends on: charts of the same repository that are laid into it, and charts that are missing. */
import { readdirSync } from 'node:fs'
import { join as joinSystem } from 'node:path'
import { join, normalize } from 'node:path/posix'
import { readMapping, textAt } from './loose.js'

export interface Repository {
  root: string
  files: string[]
  /** Of charts, each with the description in it. */
  folders: Map<string, string>
}

export interface LocalChart {
  /** Relative to the chart that depends on it: `charts/base`, `charts/base/charts/common`. */
  place: string
  /** Its own, relative to the root. */
  folder: string
}

export interface Dependencies {
  local: LocalChart[]
  missing: string[]
}

/** More than people write: charts may depend on each other in any way. */
const MAX_LOCAL = 50
/** As Helm takes it; it becomes the name of a folder. */
const CHART_NAME = /^[A-Za-z0-9][\w.-]*$/

export function dependenciesIn(folder: string, repository: Repository): Dependencies {
  const found: Dependencies = { local: [], missing: [] }
  collect(folder, '', [folder], repository, found)
  return found
}

/** `above`: folders of the charts that lead here, so that a circle ends. */
function collect(
  folder: string,
  place: string,
  above: string[],
  repository: Repository,
  found: Dependencies,
): void {
  for (const { name, source } of dependenciesOf(folder, repository)) {
    if (isVendored(joinSystem(repository.root, folder, 'charts'), name)) continue
    const beside = source !== null && CHART_NAME.test(name) ? chartBeside(folder, source, repository) : null
    if (beside === null || above.includes(beside) || found.local.length >= MAX_LOCAL) {
      found.missing.push(name)
      continue
    }
    const own = join(place, 'charts', name)
    found.local.push({ place: own, folder: beside })
    collect(beside, own, [...above, beside], repository, found)
  }
}

interface Dependency {
  name: string
  source: string | null
}

/** Charts of the first version keep them in a file beside. */
function dependenciesOf(folder: string, { root, folders }: Repository): Dependency[] {
  const description = readMapping(joinSystem(root, folders.get(folder)!))
  const old = readMapping(joinSystem(root, folder, 'requirements.yaml'))
  const lists = [description?.['dependencies'], old?.['dependencies']].filter(Array.isArray) as unknown[][]
  return lists.flat().flatMap((entry) => {
    const name = textAt(entry, 'name')
    return name === null ? [] : [{ name, source: textAt(entry, 'repository') }]
  })
}

/** `file://../base`, when there is a chart. */
function chartBeside(folder: string, source: string, { folders }: Repository): string | null {
  if (!source.startsWith('file://')) return null
  const place = normalize(join(folder, source.slice('file://'.length))).replace(/\/$/, '')
  return folders.has(place) ? place : null
}

/** A folder, or a package: `redis-1.2.3.tgz` is no `redis-cluster`. */
function isVendored(charts: string, name: string): boolean {
  const isPackage = (entry: string): boolean =>
    entry.startsWith(`${name}-`) && /^v?\d.*\.tgz$/.test(entry.slice(name.length + 1))
  try {
    return readdirSync(charts).some((entry) => entry === name || isPackage(entry))
  } catch {
    // No such folder, or none at all.
    return false
  }
}
