/** What is known of client and guard libraries: `rules/libraries/*.yaml`, one file per library, checked against a schema. */
import { join } from 'node:path'
import * as z from 'zod'
import { compareText } from '../facts/source.js'
import { addressFile } from './libraries/address-file.js'
import { answersFailure, answersParts } from './libraries/answers.js'
import { guardFacts, versionRange, type GuardFacts } from './libraries/guards.js'
import { intercepts } from './libraries/interceptors.js'
import { consumes, fills, jobRetries, renewedLock, sendLimit } from './libraries/messages.js'
import { paths } from './libraries/paths.js'
import { pool } from './libraries/pools.js'
import { effects, triesAgain } from './libraries/retries.js'
import { bodyLimits, machines, onTermination, slowRequests } from './libraries/servers.js'
import { transactional } from './libraries/transactions.js'
import { manages } from './libraries/waits.js'
import { loadYaml, UserError } from './load.js'
import { BUILT_IN_RULES, yamlFilesUnder } from './rule-files.js'

const target = z.strictObject({ option: z.string().optional(), argument: z.number().int().optional() })

const creation = z.strictObject({
  /** Names called with `new`, or plainly; `''` is the module's default export; `*` stands for any part of a name. */
  new: z.array(z.string()).default([]),
  call: z.array(z.string()).default([]),
  /** Positions where an options object may stand. */
  options: z.array(z.number().int()).default([0]),
  target: z.array(target).default([]),
  /** Option that may hold a client made elsewhere, which is judged by itself; where it is not seen made, nothing is missing. */
  client: z.string().optional(),
  /** It is no client, and only hands that one on: `new PostgresDialect({ pool })`. */
  handsOn: z.boolean().default(false),
  /** Where the option is made by one of these, all stays in the process: no call waits for another. */
  embedded: z.strictObject({ option: z.string(), by: z.array(z.string()).min(1) }).optional(),
  /** Without this option, or an address, it only builds what others send: `knex({ client: 'pg' })`. */
  connects: z.string().optional(),
  /** Where the part stands that sends for it, and who makes those whose options are known: of others nothing is missing. */
  sends: z
    .strictObject({
      option: z.string().optional(),
      argument: z.number().int().optional(),
      by: z.array(z.string()).min(1),
    })
    .optional(),
  /** Name of an option that is a function: the options are what it returns. */
  factory: z.string().optional(),
})

const call = z.strictObject({
  /** Method names; `''` is calling the client itself; `*` is any method not in `ignores`. */
  methods: z.array(z.string()).min(1),
  /** What it sends was begun by one of these, which says what it does: `deleteFrom('cart').where(…).execute()`. */
  begunBy: z.array(z.string()).default([]),
  options: z.array(z.number().int()).default([]),
  /** An object made before that carries the options: `fetch(new Request(url, { signal }))`. */
  request: z
    .strictObject({
      argument: z.number().int(),
      classes: z.array(z.string()).min(1),
      options: z.array(z.number().int()).min(1),
    })
    .optional(),
  target: z.array(target).default([]),
})

/** A call shape that puts guards around other calls. */
const wrapper = z.strictObject({
  new: z.array(z.string()).default([]),
  call: z.array(z.string()).default([]),
  /** Position of the wrapped function or promise, or of the client it attaches to. */
  wraps: z.number().int().optional(),
  /** Position of a list for each item of which the wrapped function is called, all at once where no options say otherwise. */
  items: z.number().int().optional(),
  /** Methods of the result that wrap the function given to them: `policy.execute(fn)`; `''` is calling the result. */
  execute: z.array(z.string()).default([]),
  /** Given to `pipe`, it guards the observable before it: `call$.pipe(timeout(100))`. */
  operator: z.boolean().default(false),
  /** The result joins the guards of the results given as arguments. */
  combines: z.boolean().default(false),
  options: z.array(z.number().int()).default([1]),
  /** The wrapped function is tried again after any failure, unless one of these says otherwise. */
  triesAgain: triesAgain.optional(),
  /** Options of a breaker of which one must be above 1, or on, lest the first failure opens it. */
  opensLate: z.strictObject({ options: z.array(z.string()).min(1), reason: z.string() }).optional(),
  gives: z.record(z.string(), guardFacts).default({}),
})

export const librarySchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/, 'use lower-case letters, digits and hyphens'),
  title: z.string(),
  kind: z.enum(['client', 'consumer', 'guard', 'server', 'shutdown']).default('client'),
  protocol: z
    .enum(['http', 'grpc', 'sql', 'document', 'cache', 'queue', 'mail', 'saas', 'object-store'])
    .optional(),
  /** Module specifiers; a trailing `*` stands for the rest. */
  imports: z.array(z.string()).default([]),
  globals: z.array(z.string()).default([]),
  /** Words of which a file must hold one to use the library, where its modules are imported for much else: `PrismaClient`. */
  tokens: z.array(z.string()).default([]),
  /** Package whose version decides; by default the first import. */
  package: z.string().optional(),
  /** Versions for which the defaults were checked; outside of them they are unknown. */
  checked: versionRange.default('*'),
  /** It is no library: what holds for classes of the project that send through this global unless given another. */
  standsFor: z.string().optional(),
  /** The module itself is a client: `axios.get(url)`. */
  direct: z.boolean().default(false),
  /** Names under which the module exports itself as well: `import { got } from 'got'`. */
  itself: z.array(z.string()).default([]),
  creates: z.array(creation).default([]),
  /** Methods whose result stands for the same client: `kafka.producer()`; `*` is any method that is no call. */
  derives: z.array(z.string()).default([]),
  /** Functions and classes that are the client they are given, under another shape: `DynamoDBDocument.from(client)`. */
  reshapes: z.array(z.string()).default([]),
  /** Files, by their ending, that name the environment variable of the address: `url = env("DATABASE_URL")`. */
  addressIn: addressFile.optional(),
  /** What its addresses begin with, where that is always the same: others are written for other clients. */
  schemes: z.array(z.string()).default([]),
  /** Names of types: a parameter of such a type is a client made elsewhere. */
  types: z.array(z.string()).default([]),
  /** What gives a part of a client that is made elsewhere, as by a call: `mongoose.model('Order', schema)`. */
  handles: z.array(z.string()).default([]),
  /** Name of the module that provides such a client where a container injects it; bare it has no options. */
  injectedBy: z.string().optional(),
  calls: z.array(call).default([]),
  /** Methods that do not go out, for `*`. */
  ignores: z.array(z.string()).default([]),
  /** Where functions are given that handle one message or job each. */
  consumes: z.array(consumes).default([]),
  /** Calls, or commands given to a call, that say that a message is done: `ack`, `DeleteMessageCommand`. */
  acks: z.array(z.string()).default([]),
  /** Objects that take over the clients given to them as options: `Worker`. */
  manages: z.array(manages).default([]),
  /**
   * What makes a call fail: any status that is no success, or the network only, so that the caller has to look at the
   * status.
   */
  failsOn: z.enum(['every-status', 'network']).optional(),
  /** The option by which no status fails a call: a switch, or a function that says which statuses it accepts. */
  leavesStatus: z.strictObject({ option: z.string(), when: z.enum(['true', 'false', 'accepts']) }).optional(),
  /** Calls that throw nothing when they fail: the failure is a member of what they answer. */
  answersFailure: answersFailure.optional(),
  /** Calls for many things at once, which succeed where some of those failed. */
  answersParts: z.array(answersParts).default([]),
  /**
   * Calls that neither throw nor reject when they fail later: a callback, an event or a boolean tells it. `from`: of one
   * module only; `confirmedBy`: calls that wait until it is known.
   */
  untold: z
    .array(
      z.strictObject({
        methods: z.array(z.string()).min(1),
        from: z.string().optional(),
        confirmedBy: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  /** Calls whose repetition is seen outside: a second order, mail or charge. */
  effects: effects.optional(),
  ...transactional,
  /** Name of the target when the library knows only one: `stripe`. */
  name: z.string().optional(),
  /** The client reports failures by an `error` event; when nobody listens the process ends, or the library only prints it. */
  errorListener: z
    .strictObject({
      ends: z.boolean().default(true),
      event: z.string().default('error'),
      /** A listener may be assigned as well: `socket.onerror = …`. */
      property: z.string().optional(),
      /** It is raised within a promise: what handles rejections of the whole process gets it as well. */
      rejects: z.boolean().default(false),
      /** What does not happen where a handler of the whole process catches what the event throws, and goes on. */
      interrupts: z.string().optional(),
      only: z.array(z.string()).optional(),
      reason: z.string(),
    })
    .optional(),
  guards: z.record(z.string(), guardFacts).default({}),
  wraps: z.array(wrapper).default([]),
  fills: fills.optional(),
  sendLimit: sendLimit.optional(),
  jobRetries: jobRetries.optional(),
  renewedLock: renewedLock.optional(),
  bodyLimits: bodyLimits.optional(),
  slowRequests: slowRequests.optional(),
  machines: machines.optional(),
  intercepts: intercepts.optional(),
  paths: paths.optional(),
  pool: pool.optional(),
  onTermination: onTermination.optional(),
  /** Server libraries: calls that make the process listen. */
  listens: z.array(z.string()).default([]),
  source: z.string().optional(),
})

export type Library = z.infer<typeof librarySchema>
export type Creation = z.infer<typeof creation>
export type CallShape = z.infer<typeof call>
export type Wrapper = z.infer<typeof wrapper>

/** The built-in libraries and those under `libraries/` of each further rules folder; a later one replaces an earlier of the same id. */
export function loadLibraries(folders: string[] = []): Library[] {
  const byId = new Map<string, Library>()
  for (const folder of [BUILT_IN_RULES, ...folders]) {
    const inThisFolder = new Map<string, string>()
    for (const file of yamlFilesUnder(join(folder, 'libraries'))) {
      const loaded = loadYaml(file, librarySchema)
      const other = inThisFolder.get(loaded.value.id)
      if (other)
        throw new UserError(
          `${file}:${loaded.position(['id'])} id ${loaded.value.id} is already used by ${other}; choose another`,
        )
      inThisFolder.set(loaded.value.id, file)
      byId.set(loaded.value.id, loaded.value)
    }
  }
  return [...byId.values()].sort((a, b) => compareText(a.id, b.id))
}

/** Operators alone give nothing to see: what they guard is of another library. */
export const hasOnlyOperators = ({ wraps }: Library): boolean =>
  wraps.length > 0 && wraps.every(({ operator }) => operator)

/** Whether a guard can be set only where the client is made: then that is where it is missing. */
export function isSetAtCreation({ options, signal, chained, ofCalls }: GuardFacts): boolean {
  return !ofCalls && !signal && chained.length === 0 && options.every(({ where }) => !where.includes('call'))
}

/** True when a name matches a pattern of a library file, where `*` stands for any part. */
export function nameMatches(pattern: string, name: string): boolean {
  if (!pattern.includes('*')) return pattern === name
  const [head, tail] = pattern.split('*', 2) as [string, string]
  return name.length >= head.length + tail.length && name.startsWith(head) && name.endsWith(tail)
}
