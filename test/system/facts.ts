/** Facts made by hand: each function gives a harmless whole, of which a test changes what it is about. */
import type { AlertRule, Query, Selector } from '../../src/facts/alert.js'
import type {
  CallSite,
  Client,
  CodePackage,
  Guard,
  Practice,
  Route,
  Server,
  UnreachedModule,
} from '../../src/facts/code.js'
import type { Experiment, Run } from '../../src/facts/experiment.js'
import { Facts, type Fact } from '../../src/facts/fact.js'
import type { Source } from '../../src/facts/source.js'
import type { Suppression } from '../../src/facts/suppression.js'
import { loadChainPatterns } from '../../src/knowledge/chain-patterns.js'
import { configurationSchema, type Configuration } from '../../src/knowledge/configuration.js'
import { loadPolicies } from '../../src/knowledge/policies.js'
import { buildModel, type Model } from '../../src/system/model.js'

export const AS_OF = '2026-11-01T00:00:00.000Z'
export const policies = loadPolicies()
export const chainPatterns = loadChainPatterns()

/** A system's declarations as resilience.yaml would state them. */
export function configured(declared: object = {}): Configuration {
  return configurationSchema.parse(declared)
}

export function modelOf(facts: Fact[], configuration = configured()): Model {
  return buildModel(new Facts(facts), { configuration, policies, chainPatterns, asOf: AS_OF })
}

export function at(path: string, line = 1, column = 1): Source {
  return { path, line, column, endLine: line }
}

export function guard(
  state: Guard['state'],
  value: number | null = null,
  unit: string | null = null,
  source: Source | null = null,
): Guard {
  return { state, tier: null, value, unit, reason: `it is ${state}`, source }
}

/** A service package in a folder of its own name. */
export function codePackage(name: string, over: Partial<CodePackage> = {}): CodePackage {
  return {
    fact: 'package',
    source: at(`services/${name}/package.json`),
    name: `@shop/${name}`,
    folder: `services/${name}`,
    role: 'service',
    dependencies: {},
    ...over,
  }
}

export function call(source: Source, guards: Record<string, Guard>): CallSite {
  return { source, method: 'get', symbol: 'load', guards, within: [] }
}

/** An http client of a package, calling a host, with a timeout of 1 s and no retries. */
export function client(from: string, host: string | null, over: Partial<Client> = {}): Client {
  const path = `services/${from}/src/${host ?? 'unknown'}.ts`
  return {
    fact: 'client',
    source: at(path, 3),
    creation: over.source ?? at(path, 3),
    package: `services/${from}`,
    symbol: `${path}#http`,
    library: 'axios',
    libraryTitle: 'axios',
    version: '1.7.0',
    protocol: 'http',
    target: { host, variable: null, name: null, text: null },
    guards: { 'http-timeout': guard('present', 1, 's'), 'http-retry': guard('absent') },
    calls: [],
    pool: null,
    ...over,
  }
}

export function practice(
  from: string,
  pattern: string,
  state: Guard['state'],
  over: Partial<Practice> = {},
): Practice {
  return {
    fact: 'practice',
    about: [],
    source: at(`services/${from}/src/main.ts`, 10),
    package: `services/${from}`,
    symbol: 'main',
    pattern,
    state,
    detail: `${pattern} is ${state}`,
    reason: null,
    seconds: null,
    related: [],
    ...over,
  }
}

/** A route whose handler calls the given clients. */
export function route(
  from: string,
  path: string,
  callsDependency: boolean | null,
  clients: Client[] = [],
): Route {
  return {
    fact: 'route',
    source: at(`services/${from}/src/routes.ts`, 5),
    package: `services/${from}`,
    method: 'GET',
    path,
    isWholePath: true,
    callsDependency,
    clients,
  }
}

/** A place where a package listens. */
export function server(from: string): Server {
  const source = at(`services/${from}/src/main.ts`, 20)
  return { fact: 'server', source, package: `services/${from}`, library: 'express' }
}

/** The module of another fact, which no entry leads to. */
export function unreached(
  { source, package: folder }: Client | Practice | Route | Server,
  why: UnreachedModule['why'] = 'no-entry',
): UnreachedModule {
  return { fact: 'unreached-module', source: at(source.path), package: folder, why }
}

/** `cart` → `{job="cart"}`; an object gives other labels, by `=`. */
export function selector(metric: string, labels: Record<string, string> = {}): Selector {
  return {
    metric,
    matchers: Object.entries(labels).map(([label, value]) => ({ label, operator: '=', value })),
  }
}

export function query(selectors: Selector[], over: Partial<Query> = {}): Query {
  return {
    syntaxError: null,
    selectors,
    windows: [],
    spans: [],
    functions: [],
    threshold: { operator: '>', value: 0, left: 'x' },
    comparedSeries: null,
    fires: 'depends',
    rated: [],
    rateWindows: [],
    compared: null,
    hasCondition: true,
    vectorOperations: [],
    keptLabels: null,
    emptyReason: null,
    samplings: [],
    poisons: [],
    jointAbsences: [],
    mismatches: [],
    variables: [],
    comparedAge: null,
    forecasts: [],
    offsetSeconds: 0,
    valueIsConstant: false,
    brokenJoins: [],
    idleParts: [],
    ...over,
  }
}

export function alert(name: string, selectors: Selector[], over: Partial<AlertRule> = {}): AlertRule {
  return {
    fact: 'alert',
    source: at(`alerts/${name}.yaml`, 4),
    at: {},
    name,
    group: 'shop',
    intervalSeconds: null,
    expression: name,
    query: query(selectors),
    forSeconds: 60,
    forWritten: true,
    keepFiringForSeconds: 0,
    queryOffsetSeconds: 0,
    templates: { labels: {}, annotations: {} },
    labels: { severity: 'page' },
    annotations: {},
    ignores: {},
    ...over,
  }
}

export function experiment(id: string, over: Partial<Experiment> = {}): Experiment {
  return {
    fact: 'experiment',
    source: at(`chaos/${id}.yaml`),
    id,
    title: `Experiment ${id}`,
    hypothesis: null,
    target: null,
    fault: null,
    environment: 'staging',
    owner: null,
    cadenceDays: null,
    cadence: null,
    requirements: [],
    parts: {
      hypothesis: true,
      baseline: true,
      blastRadius: true,
      injection: true,
      observation: true,
      abort: true,
      rollback: true,
    },
    steadyState: [],
    passCriteria: [],
    covers: [],
    commands: [],
    ...over,
  }
}

/** A valid, passed run of yesterday that recovered after 10 s under load and rolled back. */
export function run(id: string, over: Partial<Run> = {}): Run {
  return {
    fact: 'run',
    source: { ...at(`chaos/runs/${id}.json`), pointer: '$' },
    id,
    experiment: null,
    format: 'experiment-log',
    startedAt: '2026-10-31T00:00:00.000Z',
    endedAt: '2026-10-31T00:10:00.000Z',
    environment: 'staging',
    target: null,
    fault: null,
    verdict: 'pass',
    grade: 'valid',
    reasons: [],
    baselineMet: true,
    faultVerified: true,
    faultStart: null,
    faultEnd: null,
    load: true,
    rolledBack: true,
    recovery: { kind: 'recovered', seconds: 10, low: null, high: null, from: 'fault-end', reason: null },
    mechanism: 'self-healing',
    metrics: [],
    alerts: [],
    covers: [],
    notes: null,
    ...over,
  }
}

export function suppression(rule: string, path: string, line: number, reason: string | null): Suppression {
  return { fact: 'suppression', source: at(path, line - 1), rule, reason, appliesToLine: line }
}
