/** What names in code are taken to mean, from `rules/policies/code-words.yaml`, as regular expressions. */
import { join } from 'node:path'
import { z } from 'zod'
import { identifierWords } from './identifier-words.js'
import { loadYaml } from './load.js'
import { BUILT_IN_RULES } from './rule-files.js'

const AROUND = {
  start: ['^(?:', ')'],
  end: ['(?:', ')$'],
  whole: ['^(?:', ')$'],
  anywhere: ['(?:', ')'],
} as const

/** Words and where in a name they stand, as one regular expression. */
export const words = z
  .strictObject({
    at: z.enum(['start', 'end', 'whole', 'anywhere']),
    words: z.array(z.string()).min(1),
    exact: z.boolean().default(false),
  })
  .transform(
    ({ at, words: parts, exact }) =>
      new RegExp(`${AROUND[at][0]}${parts.join('|')}${AROUND[at][1]}`, exact ? '' : 'i'),
  )

const codeWordsSchema = z.strictObject({
  writes: words,
  environments: words,
  production: words,
  development: words,
  testRunners: words,
  harmlessTimers: words,
  schedulers: z.array(z.string()).min(1),
  startsWithProcess: words,
  sharedLocks: words,
  locks: words,
  lockKeys: words,
  processLocks: z.array(z.string()).min(1),
  claims: words,
  repeatable: words,
  readCommands: words,
  telemetry: words,
  telemetryCommands: words,
  telemetryTargets: words,
  callKeys: words,
  bestEffort: words,
  sends: words,
  showsPresence: words,
  sendsMessages: words,
  announces: words,
  asksExistence: words,
  headRequests: words,
  saysMissing: words,
  saysMissingOrFailed: words,
  asksHealth: identifierWords,
  storesPosition: words,
  readsPosition: words,
  observes: words,
  neverRejects: words,
  catchesFailures: words,
  justified: words,
  justifiedAbove: words,
  logs: words,
  statusMembers: words,
  failureMembers: words,
  failureVariables: words,
  statusCodes: words,
  otherFailures: words,
  closes: words,
  tellsOfEnd: words,
  keepsItems: words,
  endsClients: words,
  servers: words,
  endsProcess: words,
  attempts: words,
  waits: words,
  waitsForState: words,
  staysConnected: words,
  startsAgain: words,
  connectionEnds: words,
  connects: words,
  connections: words,
  paces: words,
  unhurriedRestartSeconds: z.number().positive(),
  nextAttempts: words,
  failureKinds: words,
  tellsFailures: words,
  emitterMethods: words,
  joinsObjects: words,
  firstObjectWins: words,
  holdsOptions: words,
  uniqueConflicts: words,
  lostRaces: words,
  changedCounts: words,
  holdsLock: words,
  streams: words,
  idempotencyKeys: words,
  messageIds: words,
  movesMoney: words,
  preparesPayment: words,
  confirmsPayment: words,
  drawsAtRandom: words,
  recognisesRepeats: words,
  keepsOneRow: words,
  boundedLists: words,
  partsOfLists: words,
  removesDoubles: words,
  batches: words,
  limitsRows: words,
  batchedReads: words,
  healthPaths: words,
  cacheReads: words,
  cacheWrites: words,
  namedCaches: identifierWords,
  namedCacheReads: words,
  namedCacheStores: words,
  coalesces: identifierWords,
  caches: identifierWords,
  processCaches: identifierWords,
  expiry: identifierWords,
  oneCustomer: words,
  handsOver: words,
  stepBounds: words,
  inFlightStates: words,
  waitingStates: words,
  timedStates: words,
  transitionTables: words,
  looksForStuck: words,
  destinations: words,
  perDestination: words,
  endlessKeys: words,
  thinsOut: words,
  largeBodyBytes: z.number().positive(),
  configurations: words,
  findsOne: words,
  throwsForNone: words,
  guardNames: words,
  stateFields: words,
  conditions: words,
  boundsCollections: words,
  configurationReaders: words,
  longTimerSeconds: z.number().positive(),
})

export type CodeWords = z.infer<typeof codeWordsSchema>

let builtIn: CodeWords | undefined

/** Read once. */
export function codeWords(): CodeWords {
  builtIn ??= loadYaml(join(BUILT_IN_RULES, 'policies', 'code-words.yaml'), codeWordsSchema).value
  return builtIn
}
