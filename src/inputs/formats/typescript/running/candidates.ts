/** Which files are looked at: those whose text may give facts, and those that import, also through others, a file that makes a client or registers a route that probes ask. */
import type { Library } from '../../../../knowledge/libraries.js'
import type { ReadFile } from '../../../format.js'
import type { ImportGraph } from '../modules/import-graph.js'
import { librariesNamed } from '../syntax/library-imports.js'
import { hasRootRoute, namesHealth, registersHealth, showsPractice } from './necessary-text.js'
import { mayServe } from '../modules/purposes.js'

/** Of the code of services, with the files that may use a library, those that give facts of their own, and those that can reach a client, or mount a route, of what they import. */
export function candidates(service: ReadFile[], using: Set<ReadFile>, graph: ImportGraph): ReadFile[] {
  const reaching = importersOf(
    service.filter((file) => using.has(file) || registersHealth(file.text)),
    service,
    graph,
  )
  const probed = service.some(({ text }) => namesHealth(text))
  return service.filter(
    (file) =>
      reaching.has(file.path) ||
      (mayServe(file) && showsPractice(file.text)) ||
      (probed && hasRootRoute(file.text)),
  )
}

/** By other names for it, globals of libraries can be handed around. */
const GLOBAL_OBJECT = /\bglobal(?:This)?\b/

/**
 * Paths of the modules from which something of a library can come: its words are used there, it is imported, perhaps only to
 * be exported again, or a module like that is.
 */
export function leadingToLibraries(
  code: ReadFile[],
  using: Set<ReadFile>,
  graph: ImportGraph,
  libraries: Library[],
): Set<string> {
  const isLibrary = (specifier: string): boolean => librariesNamed(specifier, libraries).length > 0
  const start = code.filter(
    (file) => using.has(file) || GLOBAL_OBJECT.test(file.text) || graph.mentionedBy(file).some(isLibrary),
  )
  return importersOf(start, code, graph)
}

/** Paths of the given files and of all that import them, directly or through others. */
function importersOf(start: Iterable<ReadFile>, files: ReadFile[], graph: ImportGraph): Set<string> {
  const importers = new Map<string, string[]>()
  for (const file of files) {
    for (const path of graph.importedBy(file)) {
      const known = importers.get(path)
      if (known) known.push(file.path)
      else importers.set(path, [file.path])
    }
  }
  const found = new Set(Array.from(start, ({ path }) => path))
  for (const path of found) for (const importer of importers.get(path) ?? []) found.add(importer)
  return found
}
