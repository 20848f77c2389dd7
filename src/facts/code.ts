/** What can be seen in service code. Durations are seconds (library options in milliseconds are converted on reading). */
import type { GuardState } from './guard-states.js'
import type { Source } from './source.js'

/** A package: the unit of code that becomes a service, a library or a tool. */
export interface CodePackage {
  fact: 'package'
  source: Source
  name: string
  /** Folder relative to the root, '' for the root itself. */
  folder: string
  role: 'service' | 'library' | 'tool' | 'browser' | 'example'
  /** Dependency name to the installed version (lock file) or the range of package.json. */
  dependencies: Record<string, string>
}

/** A folder that a browser loads as an extension. */
export interface BrowserExtension {
  fact: 'browser-extension'
  source: Source
  folder: string
}

/** A protection on an outbound call; only `absent` and `inert` (written, to no effect) make findings. `delegated`: the caller decides. */
export interface Guard {
  state: GuardState
  /** `explicit`: written in the code. `loose-default`: the library bounds it, far above a usual budget. */
  tier: 'explicit' | 'default' | 'loose-default' | null
  value: number | null
  unit: string | null
  /** Why it has this state, in words: the library's default, the option seen, what could not be resolved. */
  reason: string | null
  /** What its state does not tell: another client decides, which is judged by itself; nobody waits for the unguarded call. */
  nature?: 'decided-by-client' | 'nobody-waits'
  /** Where it stands; of a missing one the making of the client, when nothing else could set it. */
  source: Source | null
}

/**
 * One outbound client (an axios instance, a connection pool) with its call sites, or the direct calls of one file
 * through a library without instances (`fetch`) to one target.
 */
export interface Client {
  fact: 'client'
  /** Where it is made, or the caller that decides how, of a client that not all callers make alike. */
  source: Source
  /** What the library is called by to make it; the same as `source` where no caller decides. */
  creation: Source
  /** Folder of the package that owns it. */
  package: string
  /** Logical name for fingerprints: `path#symbol`. */
  symbol: string
  /** Id of the library, and its name for people. */
  library: string
  libraryTitle: string
  version: string | null
  /** `http`, `grpc`, `sql`, `document`, `cache`, `queue`, `mail`, `saas`, `object-store`. */
  protocol: string
  target: Target
  /** Guards over all call sites: the worst state that any of them has. */
  guards: Record<string, Guard>
  calls: CallSite[]
  /** Null of what keeps no connections open that a server would count. */
  pool: PoolSize | null
}

/** How many connections a client keeps open at most, in each process that makes it. */
export interface PoolSize {
  /** Null when only the running system would tell. */
  connections: number | null
  /** Environment variable that overrules it. */
  variable: string | null
  /** Parameters of its address that overrule it: `connection_limit`. */
  parameters: string[]
  /** In words: `max is 20`, `pg opens 10 unless max is set`. */
  reason: string
}

/** Who is called: as far as the code says. At most one of `host` and `variable` is set by the same expression. */
export interface Target {
  /** Host of a literal URL. */
  host: string | null
  /** Environment variable that holds the address. */
  variable: string | null
  /** A fixed name given by the library: `stripe`, `slack`. */
  name: string | null
  /** The expression, for people. */
  text: string | null
}

export interface CallSite {
  source: Source
  method: string
  /** Enclosing function, for people and fingerprints. */
  symbol: string
  guards: Record<string, Guard>
  /** Where callers decide: the calls that lead from this place to the client, the outbound call itself first. */
  within: Source[]
}

/**
 * Something seen in code that is not an outbound call. `pattern` is a word of the vocabulary in
 * `rules/policies/patterns.yaml`; `state` says whether the protection is there (or the defect is not).
 */
export interface Practice {
  fact: 'practice'
  source: Source
  package: string
  symbol: string
  pattern: string
  state: Guard['state']
  /** What was seen, one sentence. */
  detail: string
  reason: string | null
  /** A bound that belongs to it, in seconds: how long a drain may take at most. Null when none is written. */
  seconds: number | null
  related: { source: Source; message: string }[]
  /** The clients that it is about; none where it is about the whole of its package. */
  about: Client[]
}

/** A route or handler, to be joined with probe paths. */
export interface Route {
  fact: 'route'
  source: Source
  package: string
  method: string
  /** As far as it is known: where that is not the whole, something that was not seen stands before it. */
  path: string
  isWholePath: boolean
  /** Whether the handler makes outbound calls, also through functions of other modules; null when something could not be followed. */
  callsDependency: boolean | null
  /** The clients that these calls go through, as far as they are known. */
  clients: Client[]
}

/** What becomes of a failure of an outbound call, on its way to whoever asked the service. */
export interface FailureFate {
  /** `absorbed`: caught, and the work goes on without it; `handed-on`: whoever asked gets an error. */
  is: 'absorbed' | 'handed-on' | 'unknown'
  /** Where it is caught or told. */
  places: Source[]
  /** In words. */
  why: string
}

/** The way of an outbound call through the code around it; `source` is that of the call. */
export interface CallPath {
  fact: 'call-path'
  source: Source
  package: string
  failure: FailureFate
  /** A loop of the project, or a function that calls itself, by which it is tried again; `attempts` null when not known. */
  retry: { source: Source; attempts: number | null } | null
  /** The endpoint that it asks, as far as it is written; `*` stands for what is not. */
  asks: string | null
}

/** What answers requests: `source` is where it is registered. */
export interface Endpoint {
  fact: 'endpoint'
  source: Source
  package: string
  /** In capitals; `ALL` of one that answers any. */
  method: string
  path: string
  /** Outbound calls that its handlers lead to, and the functions on the way there. */
  calls: Source[]
  functions: Source[]
  /** Those of the calls that it waits for before it answers. */
  awaited: Source[]
}

/** A place where the process listens: it makes its package a service. */
export interface Server {
  fact: 'server'
  source: Source
  package: string
  library: string
}

/**
 * A module of which nothing shows that it runs in a service. `no-entry`: no entry of its package leads to it, over imports
 * of any kind. `components-only`: only components that browser and server both render load it. `published`: only users of
 * its package that are not among the files load it.
 */
export interface UnreachedModule {
  fact: 'unreached-module'
  source: Source
  package: string
  why: 'no-entry' | 'components-only' | 'published'
}

/** A module that packages load by its path, without depending on the package around it: `users` are their folders. */
export interface SharedModule {
  fact: 'shared-module'
  source: Source
  package: string
  users: string[]
}

/**
 * A function, class or method that is loaded and that nothing of a service calls, as far as names tell; `source` is all of it.
 * `no-caller`: nothing at all does. `browser-only`: only code of a user interface does. `for-users`: nothing does but what
 * users of its package may write.
 */
export interface UncalledCode {
  fact: 'uncalled-code'
  source: Source
  package: string
  /** `Mailer.send` of a method. */
  name: string
  why: 'no-caller' | 'browser-only' | 'for-users'
}

/** A metric that the code defines, by the name it is given there: `http.client.retries` is `http_client_retries` when scraped. */
export interface ExportedMetric {
  fact: 'metric'
  source: Source
  package: string
  name: string
}

/** A module that is no part of a service, and which gives no other facts. */
export interface OtherModule {
  fact: 'other-module'
  source: Source
  package: string
  role: OtherRole
}

/** `build`: configuration and output of building. */
export type OtherRole =
  'browser' | 'command' | 'example' | 'script' | 'migration' | 'configuration' | 'tests' | 'build'

export type CodeFact =
  | CodePackage
  | BrowserExtension
  | Client
  | Practice
  | Route
  | CallPath
  | Endpoint
  | Server
  | UnreachedModule
  | SharedModule
  | UncalledCode
  | ExportedMetric
  | OtherModule
