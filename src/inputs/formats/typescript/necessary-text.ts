/** Text without which a file can give no fact of its own: cheap to look for, so that most files need not be parsed. */
import { codeWords } from '../../../knowledge/code-words.js'
import { hasOnlyOperators, necessaryPatterns, type Library } from '../../../knowledge/libraries.js'

/** Words of practices, each enough by itself. */
const PRACTICES =
  /\bPromise\b\s*\.\s*all|SIGTERM|unhandledRejection|uncaughtException|\bset(?:Timeout|Interval)\b|\b(?:listen|bindAsync|createServer|enableShutdownHooks)\b/
/** A loop that tries again has both; loops over items do not try again. */
const LOOP = /\b(?:while|do)\b|\bfor\b(?![^;\n]*\bof\b)/
const CATCH = /\bcatch\b/
const ROUTE_TEXT = /(['"`])([^'"`\n]*)\1/g
const ROOT_ROUTE = /\b(?:get|head|all|route)\b[^('"`\n]*\(\s*(['"`])\/\1/

const filters = new WeakMap<Library[], RegExp>()

/** Whether a file may make a client or use a library. */
export function usesLibrary(text: string, libraries: Library[]): boolean {
  let filter = filters.get(libraries)
  if (!filter) {
    filter = new RegExp(
      [
        ...new Set([
          ...libraries.filter((library) => !hasOnlyOperators(library)).flatMap(necessaryPatterns),
          ...codeWords().schedulers.map((name) => `['"\`]${name}['"\`]`),
        ]),
      ].join('|'),
    )
    filters.set(libraries, filter)
  }
  return filter.test(text)
}

/** Whether a file may show a practice, a server or a route that probes ask. */
export function showsPractice(text: string): boolean {
  return PRACTICES.test(text) || mayTryAgain(text) || namesHealth(text)
}

/** Handles the root of whatever path it is mounted under. */
export function hasRootRoute(text: string): boolean {
  return ROOT_ROUTE.test(text)
}

/** A path of a probe, as a route or as the place where a router is mounted; controllers write theirs without a slash. */
export function namesHealth(text: string): boolean {
  const inController = text.includes('@Controller')
  return [...text.matchAll(ROUTE_TEXT)].some(
    ([, , path]) => (inController || path!.startsWith('/')) && codeWords().healthPaths.test(path!),
  )
}

/** Registers a route that probes may ask: under which path, those who import it say. */
export function registersHealth(text: string): boolean {
  return /\.\s*(?:get|head|all|route)\s*\(/.test(text) && namesHealth(text)
}

function mayTryAgain(text: string): boolean {
  const { attempts, waits } = codeWords()
  if (LOOP.test(text) && CATCH.test(text)) return true
  return attempts.test(text) && [...text.matchAll(/\b(\w+)\s*\(/g)].some(([, name]) => waits.test(name!))
}
