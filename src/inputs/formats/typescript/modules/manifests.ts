/** What package.json and tsconfig.json say of where imports lead and which versions are used. */
import { posix } from 'node:path'
import type { InputFile } from '../../../format.js'

/** A manifest of a package, as far as resolution and versions need it. */
export interface PackageManifest {
  folder: string
  name: string
  main: string
  /** Dependency to range. */
  dependencies: Record<string, string>
  /** No registry takes it: only packages of the same run can use it. */
  isPrivate: boolean
  /** It says what a registry is given of it, or for whom its types are: others load it, and no `main` left over from `npm init`. */
  isForOthers: boolean
  /** Paths of the modules that users of the package load, as written. */
  surface: string[]
  /** Paths of its commands, as written. */
  commands: string[]
  scripts: Record<string, string>
}

export interface PathAlias {
  folder: string
  prefix: string
  targets: string[]
}

/** Fields of package.json that mean something only to those who install the package. */
const FOR_OTHERS = ['exports', 'files', 'publishConfig', 'types', 'typings']

/** The manifest that a package.json is; none when it cannot be read. */
export function manifestOf(file: InputFile): PackageManifest[] {
  const json = parseJson(file.text)
  if (!json) return []
  const folder = posix.dirname(file.path) === '.' ? '' : posix.dirname(file.path)
  const dependencies: Record<string, string> = {}
  for (const key of ['peerDependencies', 'optionalDependencies', 'devDependencies', 'dependencies']) {
    for (const [name, range] of Object.entries(json[key] ?? {}))
      if (typeof range === 'string') dependencies[name] = range
  }
  const entry: unknown = json.main
  const main = typeof entry === 'string' ? entry.replace(/^(\.\/)?(dist|lib|build)\//, 'src/') : 'src/index'
  const name: unknown = json.name
  return [
    {
      folder,
      name: typeof name === 'string' ? name : folder,
      main,
      dependencies,
      isPrivate: (json.private as unknown) === true,
      isForOthers: (json.private as unknown) !== true && FOR_OTHERS.some((key) => json[key] !== undefined),
      surface: [json.main, json.module, json.exports].flatMap(textsIn),
      commands: textsIn(json.bin),
      scripts: Object.fromEntries(
        Object.entries(json.scripts ?? {}).filter(([, command]) => typeof command === 'string'),
      ) as Record<string, string>,
    },
  ]
}

/** All texts in a value, however deep: `exports` nests conditions in paths. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** The path aliases of a tsconfig. */
export function aliasesOf(file: InputFile): PathAlias[] {
  const options = parseJson(file.text.replace(/^[ \t]*\/\/.*$/gm, '').replace(/,(\s*[}\]])/g, '$1'))
    ?.compilerOptions as { baseUrl?: unknown; paths?: Record<string, unknown> } | undefined
  const folder = posix.dirname(file.path) === '.' ? '' : posix.dirname(file.path)
  const base = typeof options?.baseUrl === 'string' ? options.baseUrl : '.'
  const paths = Object.entries(options?.paths ?? {}).map(([pattern, targets]) => ({
    folder,
    prefix: pattern.replace(/\*$/, ''),
    targets: (Array.isArray(targets) ? targets : []).map((target) =>
      posix.join(base, String(target).replace(/\*$/, '')),
    ),
  }))
  // Whatever no path matches is looked for below the base first, and then among what is installed.
  return options?.baseUrl === undefined ? paths : [...paths, { folder, prefix: '', targets: [base] }]
}

function parseJson(text: string): Record<string, Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null
      ? (value as Record<string, Record<string, unknown>>)
      : null
  } catch {
    return null
  }
}
