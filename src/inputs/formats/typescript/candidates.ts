/** Which files are looked at: those whose text may give facts, and those that import, also through others, a file that makes a client or registers a route that probes ask. */
import type { Library } from '../../../knowledge/libraries.js'
import type { InputFile, ReadFile, ReadingContext } from '../../format.js'
import type { ImportGraph } from './import-graph.js'
import { wasParsed } from './modules.js'
import { hasRootRoute, namesHealth, registersHealth, showsPractice, usesLibrary } from './necessary-text.js'
import { mayServe } from './roles.js'

/** Whether a file is looked at for its own sake. */
export function mayGiveFacts(file: InputFile, libraries: Library[]): boolean {
  return mayServe(file) && (usesLibrary(file.text, libraries) || showsPractice(file.text))
}

/** Of the code of services the files that give facts of their own, and those that can reach a client, or mount a route, of what they import. */
export function candidates(
  service: ReadFile[],
  graph: ImportGraph,
  { libraries, prefilter }: ReadingContext,
): ReadFile[] {
  if (!prefilter) return service
  const reaching = importersOf(
    service.filter(({ text }) => usesLibrary(text, libraries) || registersHealth(text)),
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
