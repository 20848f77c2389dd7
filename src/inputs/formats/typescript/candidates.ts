/** Which files are looked at: those whose text may give facts, and those that import, also through others, a file that makes a client. */
import type { Library } from '../../../knowledge/libraries.js'
import type { InputFile, ReadFile, ReadingContext } from '../../format.js'
import type { ImportGraph } from './import-graph.js'
import { wasParsed } from './modules.js'
import { hasRootRoute, namesHealth, showsPractice, usesLibrary } from './necessary-text.js'

/** Folders of code that does not serve: tests, scripts, migrations, generated code. By convention of the name. */
const NOT_SERVING =
  /(^|\/)(node_modules|dist|build|coverage|__tests__|__mocks__|tests?([-_.][^/]*)?|e2e|cypress|fixtures?|mocks?|stories|scripts|migrations|seeds?|tools|examples|benchmarks?|generated|loadtests?|k6|docs)\//i
const NOT_SERVING_FILE =
  /(\.(test|spec|stories|e2e|mock|bench|min)\.[cm]?[jt]sx?|(^|\/)seed\.[jt]s|\.config\.[cm]?[jt]s|\.setup\.[jt]s)$/i
const IN_BROWSER =
  /^[ \t]*['"]use client['"]|\b(window|document)\.(location|addEventListener|getElementById|querySelector|createElement|cookie)\b|from ['"](react-dom|vue|svelte|@angular\/core)['"]/m

export function isServiceCode({ path, extension, text }: InputFile): boolean {
  return (
    !NOT_SERVING.test(path) &&
    !NOT_SERVING_FILE.test(path) &&
    !extension.endsWith('x') &&
    !IN_BROWSER.test(text)
  )
}

/** Whether a file is looked at for its own sake. */
export function mayGiveFacts(file: InputFile, libraries: Library[]): boolean {
  return isServiceCode(file) && (usesLibrary(file.text, libraries) || showsPractice(file.text))
}

/** Files that give facts of their own, and those that can reach a client through what they import. */
export function candidates(
  files: ReadFile[],
  graph: ImportGraph,
  { libraries, prefilter }: ReadingContext,
): ReadFile[] {
  const service = files.filter(isServiceCode)
  if (!prefilter) return service
  const reaching = importersOf(
    service.filter(({ text }) => usesLibrary(text, libraries)),
    service,
    graph,
  )
  const probed = service.some(({ text }) => namesHealth(text))
  return service.filter(
    (file) => reaching.has(file.path) || wasParsed(file) || (probed && hasRootRoute(file.text)),
  )
}

/** Paths of the given files and of all that import them, directly or through others. */
function importersOf(start: ReadFile[], files: ReadFile[], graph: ImportGraph): Set<string> {
  const importers = new Map<string, string[]>()
  for (const file of files) {
    for (const path of graph.importedBy(file)) {
      const known = importers.get(path)
      if (known) known.push(file.path)
      else importers.set(path, [file.path])
    }
  }
  const found = new Set(start.map(({ path }) => path))
  for (const path of found) for (const importer of importers.get(path) ?? []) found.add(importer)
  return found
}
