/** What a kustomization names: files, folders of others, and what cannot be rendered without network or plugins. */
import { listAt, textAt, type Mapping } from './loose.js'

export interface Reference {
  /** As written, relative to the folder of the kustomization. */
  path: string
  /** May be the folder of another kustomization. */
  includes: boolean
  /** Content of generated objects, and settings: no manifest. */
  isData: boolean
}

/** A host before a path, in any of the ways in which Kustomize and git take one. */
const REMOTE =
  /^(?:[a-z][a-z0-9+.-]*:\/\/|git::|git@|(?:www\.)?(?:github|gitlab|bitbucket)\.[a-z]+[/:])|[?&](?:ref|version)=|\.git(?:\/|$)/i

const INCLUDING = ['resources', 'bases', 'components']
const PATCHES = ['patches', 'patchesStrategicMerge', 'patchesJson6902']
const SETTINGS = ['crds', 'configurations']
const GENERATORS = ['configMapGenerator', 'secretGenerator']
/** Objects of plugins, written in place or in files. */
const PLUGINS = ['generators', 'transformers', 'validators']
const HELM = ['helmCharts', 'helmChartInflationGenerator']

export function referencesOf(kustomization: Mapping): Reference[] {
  const inLists = (lists: string[], pathsOf: (item: unknown) => string[]): string[] =>
    lists.flatMap((list) => listAt(kustomization, list).flatMap(pathsOf))
  const data = [
    ...inLists(SETTINGS, textOf),
    ...inLists(GENERATORS, generatorFiles),
    ...inLists(['replacements'], (entry) => textOf(textAt(entry, 'path'))),
    ...textOf(textAt(kustomization['openapi'], 'path')),
  ]
  return [
    ...inLists(INCLUDING, textOf).map((path) => ({ path, includes: true, isData: false })),
    ...inLists(PATCHES, patchFile).map((path) => ({ path, includes: false, isData: false })),
    ...data.map((path) => ({ path, includes: false, isData: true })),
  ]
}

/** Why a kustomization is not rendered whatever its files are; null when nothing speaks against it. */
export function obstacleIn(kustomization: Mapping): string | null {
  const remote = referencesOf(kustomization).find(({ path }) => REMOTE.test(path))
  if (remote) return `${remote.path} would have to be fetched`
  if (HELM.some((key) => kustomization[key] !== undefined))
    return 'it renders Helm charts, which may have to be fetched'
  const other = keyReadOtherwise(kustomization)
  if (other !== null) return `Kustomize reads its key ${other} differently than it is written`
  const plugin = PLUGINS.find((key) => listAt(kustomization, key).length > 0)
  return plugin === undefined ? null : `its ${plugin} may be programs of their own`
}

/** Keys that are looked for here, or in items of their lists. */
const READ = [...INCLUDING, ...PATCHES, ...SETTINGS, ...GENERATORS, ...PLUGINS, ...HELM]
const READ_KEYS = [...READ, 'replacements', 'openapi', 'path', 'files', 'envs', 'env']
const EXACT_KEYS = new Map(READ_KEYS.map((key) => [key.toLowerCase(), key]))

/** Kustomize takes `Resources` for `resources`, and what is still under `<<` it merges otherwise: so much could be named unseen. */
function keyReadOtherwise(kustomization: Mapping): string | null {
  const seen = new Set<unknown>()
  const left: unknown[] = [kustomization]
  while (left.length > 0) {
    const value = left.pop()
    if (typeof value !== 'object' || value === null || seen.has(value)) continue
    seen.add(value)
    for (const [key, below] of Object.entries(value)) {
      if (key === '<<' || (EXACT_KEYS.get(key.toLowerCase()) ?? key) !== key) return key
      left.push(below)
    }
  }
  return null
}

function textOf(value: unknown): string[] {
  return typeof value === 'string' ? [value] : []
}

/** A text of several lines is the patch itself. */
function patchFile(patch: unknown): string[] {
  const file = typeof patch === 'string' ? patch : textAt(patch, 'path')
  return file === null || file.includes('\n') ? [] : [file]
}

/** `key=file`, or the file alone. */
function generatorFiles(generator: unknown): string[] {
  const files = listAt(generator, 'files').flatMap(textOf)
  return [
    ...files.map((file) => file.slice(file.indexOf('=') + 1)),
    ...listAt(generator, 'envs').flatMap(textOf),
    ...textOf(textAt(generator, 'env')),
  ]
}
