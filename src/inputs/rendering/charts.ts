/** Charts among the files: which are rendered, with which values, and what stands in the way. */
import { join as joinSystem } from 'node:path'
import { basename } from 'node:path/posix'
import { renderingPolicy } from '../../knowledge/manifests/rendering.js'
import type { Discovery } from '../discover.js'
import { dependenciesIn, type LocalChart, type Repository } from './chart-dependencies.js'
import { pathIn, readMapping, textAt } from './loose.js'
import { quoted } from './rendering.js'

export interface Chart {
  /** Of its Chart.yaml. */
  path: string
  /** Relative to the root. */
  folder: string
  name: string
  release: string
  /** Null: the defaults alone. */
  values: (string | null)[]
  /** Why it is not rendered, and what to do first. */
  obstacle: { reason: string; first: string | null } | null
  /** Charts of this repository on which it depends, and on which these do. */
  local: LocalChart[]
  /** Its files that the renderer's output stands for. */
  templates: string[]
}

const CHART_FILE = /(^|\/)Chart\.ya?ml$/
/** As Kubernetes takes it for a name. */
const RELEASE = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/
const MAX_RELEASE = 53

export function chartsIn(discovery: Discovery): Chart[] {
  const files = discovery.files.map(({ path }) => path)
  const descriptions = files.filter((path) => CHART_FILE.test(path))
  const folders = new Map(descriptions.map((path) => [folderOf(path), path]))
  return descriptions
    .filter((path) => !isSubchart(folderOf(path), folders))
    .flatMap((path) => chartAt(path, { root: discovery.root, files, folders }))
}

/** Of every chart, vendored ones too, the charts on which it depends and that are not among the files. */
export function missingChartsIn(discovery: Discovery): Map<string, string[]> {
  const files = discovery.files.map(({ path }) => path)
  const folders = new Map(files.filter((path) => CHART_FILE.test(path)).map((path) => [folderOf(path), path]))
  const repository = { root: discovery.root, files, folders }
  return new Map(
    [...folders]
      .map(
        ([folder, path]) => [path, [...new Set(dependenciesIn(folder, repository).missing)].sort()] as const,
      )
      .filter(([, missing]) => missing.length > 0),
  )
}

/** Vendored into `charts/` of another: it is rendered with that one. */
function isSubchart(folder: string, folders: Map<string, string>): boolean {
  const parent = /^(.*?)\/?charts\/[^/]+$/.exec(folder)?.[1]
  return parent !== undefined && parent !== folder && folders.has(parent)
}

/** A library chart holds definitions for others and nothing to render. */
function chartAt(path: string, repository: Repository): Chart[] {
  const { root, files } = repository
  const description = readMapping(joinSystem(root, path))
  if (description === null || textAt(description, 'type') === 'library') return []
  const folder = folderOf(path)
  const own = files.filter((file) => folder === '' || file.startsWith(`${folder}/`))
  const name = textAt(description, 'name') ?? basename(folder)
  const { local, missing } = dependenciesIn(folder, repository)
  return [
    {
      path,
      folder,
      name,
      release: RELEASE.test(name) && name.length <= MAX_RELEASE ? name : 'release',
      values: valuesOf(own, folder),
      obstacle: missing.length === 0 ? null : obstacleOf(missing, folder),
      local,
      templates: [folder, ...local.map((one) => one.folder)].flatMap((place) => templatesIn(place, files)),
    },
  ]
}

function templatesIn(folder: string, files: string[]): string[] {
  const inside = files.filter((file) => folder === '' || file.startsWith(`${folder}/`))
  return inside.filter((file) => /^(templates|crds|charts)\//.test(below(folder, file)))
}

/** Fetching needs the network and credentials, so it is never done here. */
function obstacleOf(missing: string[], folder: string): Chart['obstacle'] {
  const names = [...new Set(missing)].sort()
  return {
    reason: `it depends on ${names.join(', ')}, which ${names.length === 1 ? 'is' : 'are'} not in its folder charts`,
    first: `helm dependency build ${quoted(folder || '.')}`,
  }
}

/** The defaults alone are one environment more, unless they were left out on purpose. */
function valuesOf(files: string[], folder: string): Chart['values'] {
  const environments = environmentValues(files, folder)
  const hasDefaults = files.some((file) => below(folder, file) === 'values.yaml')
  return hasDefaults || environments.length === 0 ? [null, ...environments] : environments
}

function environmentValues(files: string[], folder: string): string[] {
  const { valuesFiles, testValues } = renderingPolicy()
  return files.filter((file) => {
    const path = below(folder, file)
    return (
      path !== 'values.yaml' &&
      valuesFiles.some((pattern) => pattern.test(path)) &&
      !testValues.some((pattern) => pattern.test(path))
    )
  })
}

/** As a person would type it in the analysed folder. */
export function commandOf({ release, folder, obstacle }: Chart, values: string | null): string {
  const options = values === null ? '' : ` -f ${quoted(values)}`
  const command = `helm template ${release} ${quoted(folder || '.')}${options}`
  return obstacle?.first ? `${obstacle.first} && ${command}` : command
}

export function folderOf(path: string): string {
  return pathIn(path, '..')
}

function below(folder: string, file: string): string {
  return folder === '' ? file : file.slice(folder.length + 1)
}
