/** Which files are looked at: those with a necessary token, and those that import, also through barrels, a file that makes a client. */
import { necessaryTokens, type Library } from '../../../knowledge/libraries.js'
import type { InputFile, ReadFile, ReadingContext } from '../../format.js'
import type { Modules } from './modules.js'

/** Words without which a file can hold none of the practices. */
const PRACTICE_TOKENS = [
  'Promise.all',
  'SIGTERM',
  'unhandledRejection',
  'uncaughtException',
  'setInterval(',
  'setTimeout(',
  '@Cron',
  'cron',
  '.listen(',
  'createServer',
  'enableShutdownHooks',
]
/** Folders of code that does not serve: tests, scripts, migrations, generated code. By convention of the name. */
const NOT_SERVING =
  /(^|\/)(node_modules|dist|build|coverage|__tests__|__mocks__|tests?([-_.][^/]*)?|e2e|cypress|fixtures?|mocks?|stories|scripts|migrations|seeds?|tools|examples|benchmarks?|generated|loadtests?|k6|docs)\//i
const NOT_SERVING_FILE =
  /(\.(test|spec|stories|e2e|mock|bench|min)\.[cm]?[jt]sx?|(^|\/)seed\.[jt]s|\.config\.[cm]?[jt]s|\.setup\.[jt]s)$/i
const IN_BROWSER =
  /^\s*['"]use client['"]|\b(window|document)\.(location|addEventListener|getElementById|querySelector|createElement|cookie)\b|from ['"](react-dom|vue|svelte|@angular\/core)['"]/m

const filters = new WeakMap<Library[], RegExp>()

export function tokenFilter(libraries: Library[]): RegExp {
  let filter = filters.get(libraries)
  if (!filter) {
    const tokens = [...new Set([...libraries.flatMap(necessaryTokens), ...PRACTICE_TOKENS])].filter(
      (token) => token !== '',
    )
    filter = new RegExp(
      tokens
        .map((token) =>
          /^\w+$/.test(token) ? `\\b${token}\\b` : token.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'),
        )
        .join('|'),
    )
    filters.set(libraries, filter)
  }
  return filter
}

export function isServiceCode({ path, extension, text }: InputFile): boolean {
  return (
    !NOT_SERVING.test(path) &&
    !NOT_SERVING_FILE.test(path) &&
    !extension.endsWith('x') &&
    !IN_BROWSER.test(text)
  )
}

export function candidates(
  files: ReadFile[],
  modules: Modules,
  { libraries, prefilter }: ReadingContext,
): ReadFile[] {
  if (!prefilter) return files
  const libraryTokens = tokenFilter(libraries)
  const chosen = new Set(files.filter((file) => libraryTokens.test(file.text)).map(({ path }) => path))
  const makers = new Set(chosen)
  const imports = new Map(files.map((file) => [file.path, importsOf(file, modules)]))
  // Barrels hand on what they import: whoever imports one imports its files.
  for (let grown = true; grown;) {
    grown = false
    for (const file of files) {
      if (makers.has(file.path) || !/\bexport\b[^;\n]*\bfrom\b|\bexport\s*\*/.test(file.text)) continue
      if (imports.get(file.path)!.some((path) => makers.has(path))) {
        makers.add(file.path)
        grown = true
      }
    }
  }
  return files.filter(
    (file) => chosen.has(file.path) || imports.get(file.path)!.some((path) => makers.has(path)),
  )
}

function importsOf(file: InputFile, modules: Modules): string[] {
  return [...file.text.matchAll(/(?:\bfrom|\brequire\(|\bimport\(|\bimport)\s*['"]([^'"\n]+)['"]/g)].flatMap(
    ([, specifier]) => {
      const path = modules.resolve(file.path, specifier!)
      return path === null ? [] : [path]
    },
  )
}
