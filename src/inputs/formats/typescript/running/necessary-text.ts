/** Text without which a file can give no fact of its own: cheap to look for, so that most files need not be parsed. */
import { codeWords } from '../../../../knowledge/code-words.js'
import { hasOnlyOperators, type Library } from '../../../../knowledge/libraries.js'
import { necessaryText, QUOTE } from '../../../../knowledge/library-text.js'

/** Words of practices, each enough by itself. */
const PRACTICES =
  /\bPromise\b\s*\.\s*all|SIGTERM|unhandledRejection|uncaughtException|\bset(?:Timeout|Interval)\b|\b(?:listen|bindAsync|createServer|enableShutdownHooks)\b/
/** A loop that tries again has both; loops over items do not try again. */
const LOOP = /\b(?:while|do)\b|\bfor\b(?![^;\n]*\bof\b)/
const CATCH = /\bcatch\b/
/** A reference written down as a text or a constant. */
const HANDS_OVER =
  /\b(?:escalat|fall_?back|fail_?over|forwards?_?to|hands?_?over)\w*['"]?\s*:\s*(?:['"`]|[A-Z]\w*\.)/i
const TRANSITIONS = /transitions\w*\s*[:=]|state_?machine\w*\s*[:=]/i
const GROWS = /\.(?:set|add)\(\s*(?:[\w!?]+\.)*(\w+)/g
const BODY_LIMIT = /\bbodyLimit\b|\blimit\s*:\s*['"`]\s*\d+\s*[kmg]b/i
const ASKS_CACHE = /\bawait\b[^;(]{0,80}(?:cache|redis)\w*[?!]?\s*\??\.\s*\w+\(/i
const SERVER_TIMEOUT = /\.(?:request|headers)Timeout\s*=/
/** A connection that ends, and a function that may make it anew. */
const ENDS = /['"`](?:close|disconnect)(?:d|ed)?['"`]|\.onclose\b/
const STARTS_AGAIN = /\b(?:\w*(?:[cC]onnect|[sS]ubscribe|[rR]estart)\w*|start|init|listen|open|run)\s*\(/
const ROUTE_TEXT = /(['"`])([^'"`\n]*)\1/g
const ROOT_ROUTE = /\b(?:get|head|all|route)\b[^('"`\n]*\(\s*(['"`])\/\1/

const filters = new WeakMap<Library[], RegExp>()

/** Whether a file may make a client or use a library. */
export function usesLibrary(text: string, libraries: Library[]): boolean {
  let filter = filters.get(libraries)
  if (!filter) filters.set(libraries, (filter = filterOf(libraries)))
  return filter.test(text)
}

/** The quote stands before all names at once: tried for one after the other, it cost three times as much. */
function filterOf(libraries: Library[]): RegExp {
  const used = libraries.filter((library) => !hasOnlyOperators(library)).map(necessaryText)
  const quoted = [
    ...used.flatMap(({ quoted }) => quoted),
    ...codeWords().schedulers.map((name) => `${name}${QUOTE}`),
  ]
  const words = used.flatMap(({ words }) => words)
  return new RegExp(`${QUOTE}(?:${anyOf(quoted)})|\\b(?:${anyOf(words)})\\b`)
}

/** What can never be, where there is none. */
function anyOf(patterns: string[]): string {
  return patterns.length === 0 ? '(?!)' : [...new Set(patterns)].join('|')
}

/** Whether a file may show a practice, a server or a route that probes ask. */
export function showsPractice(text: string): boolean {
  return PRACTICES.test(text) || SIGNS.some((shows) => shows(text))
}

const SIGNS = [
  mayTryAgain,
  mayReconnect,
  namesHealth,
  mayHandOver,
  mayDeclareTransitions,
  mayGrow,
  mayLimitBodies,
  maySetServer,
  mayAskCache,
]

/** May declare which step or policy takes over from which. */
export function mayHandOver(text: string): boolean {
  return HANDS_OVER.test(text)
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

/** May declare which state may follow which. */
export function mayDeclareTransitions(text: string): boolean {
  return TRANSITIONS.test(text)
}

/** May add an entry for each of what there is no end of to a collection of the process. */
export function mayGrow(text: string): boolean {
  if (!/\bnew (?:Map|Set)\b/.test(text)) return false
  return [...text.matchAll(GROWS)].some(([, key]) => codeWords().endlessKeys.test(key!))
}

/** May say how large the body of a request may be. */
export function mayLimitBodies(text: string): boolean {
  return BODY_LIMIT.test(text)
}

/** May wait for a cache of which only the name is seen. */
function mayAskCache(text: string): boolean {
  return ASKS_CACHE.test(text)
}

function maySetServer(text: string): boolean {
  return SERVER_TIMEOUT.test(text)
}

function mayReconnect(text: string): boolean {
  return ENDS.test(text) && STARTS_AGAIN.test(text)
}

function mayTryAgain(text: string): boolean {
  const { attempts, waits } = codeWords()
  if (LOOP.test(text) && CATCH.test(text)) return true
  return attempts.test(text) && [...text.matchAll(/\b(\w+)\s*\(/g)].some(([, name]) => waits.test(name!))
}
