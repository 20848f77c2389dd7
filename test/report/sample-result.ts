/** A result as a real review gives it: a shop with six components, findings of all severities, chains in four states. */
import type { Chain, Check, Result } from '../../src/report/result.js'

const at = (path: string, line: number, endLine = line) => ({ path, line, column: 1, endLine })

function finding(check: Partial<Check> & Pick<Check, 'rule' | 'title' | 'severity' | 'source'>): Check {
  return {
    pattern: check.rule,
    category: 'calls',
    outcome: 'fail',
    reason: null,
    component: null,
    subject: check.title,
    related: [],
    message: `${check.title}.`,
    remediation: 'Set a limit that fits the time budget of the caller.',
    fingerprint: `${check.rule}-${check.source.path}`,
    chains: [],
    status: null,
    waiver: null,
    excerpt: null,
    ...check,
  }
}

const paymentTimeout = finding({
  rule: 'http-timeout',
  title: 'An outbound call waits without a limit',
  severity: 'critical',
  component: 'checkout',
  subject: 'axios client in services/checkout/src/payment.ts',
  source: at('services/checkout/src/payment.ts', 14, 16),
  message:
    'The axios client that calls PAYMENT_URL sets no timeout; the default of axios 1.7 is to wait for ever.',
  remediation: 'Pass `timeout: 2000` to axios.create(), below the 5 s that the caller waits.',
  chains: ['retry-storm-payment'],
  status: 'unchanged',
  excerpt: {
    firstLine: 12,
    lines: [
      'const base = process.env.PAYMENT_URL',
      '',
      'const client = axios.create({',
      '\tbaseURL: base,',
      '})',
      '',
      'export async function charge(order: Order): Promise<Receipt> { return (await client.post<Receipt>(`/charges/${order.id}`, { amount: order.total, currency: order.currency })).data }',
    ],
  },
  related: [{ path: 'services/checkout/src/routes.ts', line: 41, message: 'called by POST /orders' }],
})

const checks: Check[] = [
  paymentTimeout,
  finding({
    rule: 'retry-backoff',
    title: 'Retries follow each other without delay',
    severity: 'high',
    category: 'retries',
    component: 'checkout',
    subject: 'function chargeWithRetry',
    source: at('services/checkout/src/payment.ts', 30, 34),
    message: 'Four attempts in a row without delay: a failing payment service gets four times the load.',
    chains: ['retry-storm-payment'],
    status: 'new',
    excerpt: {
      firstLine: 29,
      lines: [
        '',
        'for (let attempt = 0; attempt < 4; attempt++) {',
        '  try {',
        '    return await charge(order)',
        '  } catch {}',
        '}',
      ],
    },
  }),
  finding({
    rule: 'pool-acquire-timeout',
    title: 'Waiting for a pooled connection has no limit',
    severity: 'high',
    component: 'orders',
    subject: 'pg pool in services/orders/src/db.ts',
    source: at('services/orders/src/db.ts', 8, 12),
    message:
      'The pool has max: 10 and no connectionTimeoutMillis: when all connections are in use, requests queue without end.',
    chains: ['pool-exhaustion-orders'],
    status: 'unchanged',
    excerpt: {
      firstLine: 7,
      lines: [
        '',
        'export const pool = new Pool({',
        '  connectionString: process.env.DATABASE_URL,',
        '  max: 10,',
        '  idleTimeoutMillis: 30_000,',
        '})',
      ],
    },
  }),
  finding({
    rule: 'replicas',
    title: 'A single replica serves users',
    severity: 'high',
    category: 'redundancy',
    component: 'orders',
    subject: 'Deployment shop/orders',
    source: at('deploy/orders.yaml', 7),
    message: 'Deployment orders runs one replica and has no autoscaler; the loss of its node is an outage.',
    remediation: 'Run at least two replicas and spread them over nodes.',
    status: 'unchanged',
    waiver: {
      reason: 'Second replica needs the lock migration of Q1',
      owner: 'team-orders',
      expires: '2026-12-31',
      expired: false,
    },
    excerpt: { firstLine: 5, lines: ['  namespace: shop', 'spec:', '  replicas: 1', '  selector:'] },
  }),
  finding({
    rule: 'alert-for',
    title: 'An alert fires at the first bad sample',
    severity: 'medium',
    category: 'alerts',
    component: 'checkout',
    subject: 'alert CheckoutErrors',
    source: at('alerts/checkout.yaml', 12, 18),
    message: 'CheckoutErrors has no `for`: one bad evaluation pages somebody.',
    status: 'unchanged',
  }),
  finding({
    rule: 'cache-ttl-jitter',
    title: 'Cache entries expire together',
    severity: 'medium',
    category: 'state',
    component: 'catalogue',
    subject: 'redis.set in services/catalogue/src/cache.ts',
    source: at('services/catalogue/src/cache.ts', 22),
    message: 'All keys get a TTL of 300 s without a random part.',
    chains: ['cold-cache-catalogue'],
    status: 'new',
  }),
  finding({
    rule: 'alert-runbook',
    title: 'An alert names no runbook',
    severity: 'low',
    category: 'alerts',
    component: 'checkout',
    subject: 'alert CheckoutLatency',
    source: at('alerts/checkout.yaml', 20, 28),
    waiver: { reason: 'Runbooks move to the wiki', owner: 'sre', expires: '2026-09-30', expired: true },
  }),
  finding({
    rule: 'image-pinning',
    title: 'An image is taken by a moving tag',
    severity: 'low',
    category: 'rollout',
    component: 'catalogue',
    subject: 'Deployment shop/catalogue, container web',
    source: at('deploy/catalogue.yaml', 24),
    message:
      'Image registry.example/catalogue:latest: a restart may run another version than the one tested.',
  }),
  ...['deploy/overlays/prod/kustomization.yaml', 'deploy/overlays/staging/kustomization.yaml'].map((path) =>
    finding({
      rule: 'resource-limits',
      title: 'A container has a memory limit',
      severity: 'medium',
      category: 'resources',
      outcome: 'unknown',
      reason: 'The overlay was not rendered, so the patched value is not known',
      source: at(path, 1),
    }),
  ),
  finding({
    rule: 'circuit-breaker',
    title: 'A failing dependency is left alone for a while',
    severity: 'medium',
    outcome: 'unknown',
    reason: 'The client is created by a function of another package, which was not found',
    source: at('services/catalogue/src/search.ts', 9),
  }),
  finding({
    rule: 'readiness-probe',
    title: 'Traffic reaches a container only when it is ready',
    severity: 'high',
    outcome: 'pass',
    source: at('deploy/checkout.yaml', 31),
  }),
]

function chain(
  values: Partial<Chain> & Pick<Chain, 'id' | 'pattern' | 'title' | 'trigger' | 'links'>,
): Chain {
  return {
    loop: false,
    sustainedBy: null,
    amplification: { worst: null, expected: null, reason: 'Nothing on the path repeats calls.' },
    budget: { slackSeconds: null },
    missing: [],
    detection: { alerts: [], best: null, worst: null, sharesFate: null, reason: null },
    impact: { direct: [], secondary: [], tertiary: [] },
    priority: 'medium',
    priorityBasis: 'It reaches users; an alert would notice it',
    state: 'UNTESTED',
    linksCovered: 0,
    runs: [],
    experiment: 'Stop the component for 60 s under load and watch recovery after it is back.',
    ...values,
  }
}

const chains: Chain[] = [
  chain({
    id: 'cold-cache-catalogue',
    pattern: 'cold-cache',
    title: 'Loss of the cache sends every read to the database',
    trigger: { component: 'redis', fault: 'cache-flush' },
    links: [
      {
        from: 'redis',
        to: 'catalogue',
        mechanism: 'every read misses',
        evidence: [at('services/catalogue/src/cache.ts', 22)],
        assumption: null,
      },
      {
        from: 'catalogue',
        to: 'postgres',
        mechanism: 'all misses load from the database at once',
        evidence: [at('services/catalogue/src/cache.ts', 31)],
        assumption: 'The hit ratio before the loss is above one half',
      },
      {
        from: 'postgres',
        to: 'orders',
        mechanism: 'slow statements hold the shared connections',
        evidence: [at('services/orders/src/db.ts', 8)],
        assumption: null,
      },
    ],
    loop: true,
    sustainedBy: 'the cache cannot refill while the database is saturated',
    missing: ['cache-stampede-protection', 'cache-ttl-jitter'],
    detection: {
      alerts: [],
      best: null,
      worst: null,
      sharesFate: null,
      reason: 'No alert reads a metric of redis or of the catalogue.',
    },
    impact: { direct: ['catalogue'], secondary: ['checkout', 'orders'], tertiary: [] },
    priority: 'high',
    priorityBasis: 'It reaches users and no alert would notice it',
    state: 'PARTIAL',
    linksCovered: 1,
    runs: [
      {
        run: 'cache-flush-2026-08',
        counts: true,
        why: 'valid; observed link 1 only, the database was not probed',
      },
    ],
  }),
  chain({
    id: 'pool-exhaustion-orders',
    pattern: 'pool-exhaustion',
    title: 'A slow statement uses up the connections of orders',
    trigger: { component: 'postgres', fault: 'dependency-latency' },
    links: [
      {
        from: 'postgres',
        to: 'orders',
        mechanism: 'connections stay in use, new requests queue for one',
        evidence: [at('services/orders/src/db.ts', 8)],
        assumption: null,
      },
      {
        from: 'orders',
        to: 'checkout',
        mechanism: 'calls time out after 5 s',
        evidence: [at('services/checkout/src/orders.ts', 11)],
        assumption: null,
      },
    ],
    missing: ['pool-acquire-timeout', 'statement-timeout'],
    budget: { slackSeconds: -25 },
    detection: { alerts: ['CheckoutLatency'], best: 210, worst: 405, sharesFate: false, reason: null },
    impact: { direct: ['orders'], secondary: ['checkout'], tertiary: [] },
    state: 'FAILED',
    linksCovered: 2,
    runs: [
      { run: 'db-latency-2026-10', counts: true, why: 'valid; orders did not recover within its objective' },
      { run: 'db-latency-2026-07', counts: false, why: 'invalid: the fault was never verified active' },
    ],
  }),
  chain({
    id: 'retry-storm-payment',
    pattern: 'retry-storm',
    title: 'Retries keep a failing payment service down',
    trigger: { component: 'payment', fault: 'dependency-error' },
    links: [
      {
        from: 'payment',
        to: 'checkout',
        mechanism: 'four attempts without delay for every order',
        evidence: [at('services/checkout/src/payment.ts', 30)],
        assumption: null,
      },
      {
        from: 'checkout',
        to: 'gateway',
        mechanism: 'requests wait for ever and fill the worker queue',
        evidence: [at('services/checkout/src/payment.ts', 14)],
        assumption: null,
      },
    ],
    loop: true,
    sustainedBy: 'retries keep the load above capacity',
    amplification: {
      worst: 8,
      expected: 1.234,
      reason: 'Attempts: checkout 4, gateway 2; failure probability 0.1 for the expected value.',
    },
    missing: ['http-timeout', 'retry-backoff', 'retry-jitter', 'circuit-breaker'],
    detection: {
      alerts: ['CheckoutErrors', 'CheckoutLatency'],
      best: 90,
      worst: 270,
      sharesFate: true,
      reason: 'Pages are sent through the payment provider’s status webhook.',
    },
    impact: { direct: ['checkout'], secondary: ['gateway'], tertiary: [] },
    priority: 'high',
    priorityBasis: 'It reaches users and retries multiply the load',
    experiment:
      'Let payment answer 500 for 60 s under load, end the fault, and watch checkout recover with the load still on.',
  }),
  chain({
    id: 'pod-loss-checkout',
    pattern: 'instance-loss',
    title: 'Loss of one checkout instance',
    trigger: { component: 'checkout', fault: 'pod-kill' },
    links: [
      {
        from: 'checkout',
        to: 'gateway',
        mechanism: 'requests in flight fail once',
        evidence: [at('deploy/checkout.yaml', 9)],
        assumption: null,
      },
    ],
    detection: { alerts: ['CheckoutErrors'], best: 60, worst: 180, sharesFate: false, reason: null },
    impact: { direct: ['gateway'], secondary: [], tertiary: [] },
    priority: 'low',
    priorityBasis: 'It stays inside the system and an alert would notice it',
    state: 'TESTED',
    linksCovered: 1,
    runs: [{ run: 'pod-kill-6', counts: true, why: 'meets all nine conditions' }],
  }),
]

type Run = Result['runs'][number]
const recovered = (seconds: number): Run['recovery'] => ({
  kind: 'recovered',
  seconds,
  low: null,
  high: null,
  from: 'fault-end',
  reason: null,
})

function run(
  id: string,
  experiment: string | null,
  startedAt: string | null,
  values: Partial<Run> = {},
): Run {
  return {
    id,
    experiment,
    format: 'experiment-log',
    source: { ...at('experiments/log.yaml', 1), pointer: `$.runs[${id.length}]` },
    startedAt,
    endedAt: null,
    environment: 'staging',
    target: 'checkout',
    fault: 'pod-kill',
    verdict: 'pass',
    grade: 'valid',
    reasons: [],
    recovery: recovered(12),
    safety: [],
    ...values,
  }
}

const runs: Run[] = [
  run('pod-kill-1', 'pod-kill-checkout', '2026-05-04T09:00:00Z', { recovery: recovered(8) }),
  run('pod-kill-2', 'pod-kill-checkout', '2026-06-08T09:00:00Z', { recovery: recovered(11) }),
  run('pod-kill-3', 'pod-kill-checkout', '2026-07-06T09:00:00Z', {
    recovery: { kind: 'absorbed', seconds: null, low: null, high: null, from: null, reason: null },
  }),
  run('pod-kill-4', 'pod-kill-checkout', '2026-08-03T09:00:00Z', {
    grade: 'weak',
    reasons: ['load during the run is not recorded'],
    recovery: recovered(22),
  }),
  run('pod-kill-5', 'pod-kill-checkout', '2026-09-07T09:00:00Z', {
    recovery: {
      kind: 'not-recovered-within',
      seconds: null,
      low: 120,
      high: null,
      from: 'fault-end',
      reason: null,
    },
    verdict: 'fail',
  }),
  run('pod-kill-6', 'pod-kill-checkout', '2026-10-05T09:00:00Z', { recovery: recovered(14) }),
  run('cache-flush-2026-08', 'cache-flush-catalogue', '2026-08-11T13:00:00Z', {
    target: 'redis',
    fault: 'cache-flush',
    environment: 'production',
    recovery: { kind: 'between', seconds: null, low: 30, high: 60, from: 'fault-start', reason: null },
    safety: [
      {
        rule: 'forbidden-window',
        outcome: 'fail',
        message: 'ran on a Tuesday at 13:00 UTC, inside the window that the policy forbids',
      },
    ],
  }),
  run('db-latency-2026-07', null, null, {
    format: 'chaostoolkit',
    source: { ...at('journals/db-latency-2026-07.json', 1), pointer: '$' },
    target: 'postgres',
    fault: 'dependency-latency',
    grade: 'invalid',
    verdict: 'unknown',
    reasons: ['the fault was never verified active', 'no steady state was measured before the fault'],
    recovery: {
      kind: 'unknown',
      seconds: null,
      low: null,
      high: null,
      from: null,
      reason: 'no samples after the fault',
    },
  }),
  run('db-latency-2026-10', 'db-latency-orders', '2026-10-19T10:00:00Z', {
    target: 'postgres',
    fault: 'dependency-latency',
    verdict: 'fail',
    recovery: {
      kind: 'not-recovered-within',
      seconds: null,
      low: 300,
      high: null,
      from: 'fault-end',
      reason: null,
    },
  }),
]

const noQuantile = (reason: string) => ({ value: null, low: null, high: null, reason })

const recovery: Result['recovery'] = [
  {
    experiment: 'pod-kill-checkout',
    environment: 'staging',
    from: 'fault-end',
    n: 6,
    recovered: 4,
    absorbed: 1,
    censored: 1,
    unknown: 0,
    excluded: 0,
    passRate: { passed: 5, n: 6, value: 5 / 6, low: 0.4365, high: 0.9699, method: 'wilson' },
    median: { value: 14, low: 8, high: null, reason: null },
    p90: noQuantile('5 runs are too few for P90 (29 needed); longest observed 2 min'),
    p95: noQuantile('5 runs are too few for P95 (59 needed); longest observed 2 min'),
    p99: noQuantile('5 runs are too few for P99 (299 needed); longest observed 2 min'),
    mean: { restricted: 17, horizon: 30, standardError: 3.4 },
    method: 'kaplan-meier, log-log',
    objectiveSeconds: 30,
    withinObjective: { value: 0.8, low: 0.204, high: 0.969 },
    histogram: [
      { from: 0, to: 10, count: 1 },
      { from: 10, to: 20, count: 2 },
      { from: 20, to: 30, count: 1 },
    ],
    curve: [
      { time: 8, survival: 0.8, low: 0.204, high: 0.969, censored: 0 },
      { time: 11, survival: 0.6, low: 0.126, high: 0.882, censored: 0 },
      { time: 14, survival: 0.4, low: 0.052, high: 0.753, censored: 0 },
      { time: 22, survival: 0.2, low: 0.008, high: 0.582, censored: 0 },
      { time: 120, survival: 0.2, low: 0.008, high: 0.582, censored: 1 },
    ],
    runs: ['pod-kill-1', 'pod-kill-2', 'pod-kill-3', 'pod-kill-4', 'pod-kill-5', 'pod-kill-6'],
  },
  {
    experiment: 'db-latency-orders',
    environment: 'staging',
    from: 'fault-end',
    n: 1,
    recovered: 0,
    absorbed: 0,
    censored: 1,
    unknown: 0,
    excluded: 1,
    passRate: { passed: 0, n: 1, value: 0, low: 0, high: 0.793, method: 'wilson' },
    median: noQuantile('not reached: at least 5 min'),
    p90: noQuantile('1 run is too few'),
    p95: noQuantile('1 run is too few'),
    p99: noQuantile('1 run is too few'),
    mean: null,
    method: 'kaplan-meier, log-log',
    objectiveSeconds: 60,
    withinObjective: null,
    histogram: [],
    curve: [{ time: 300, survival: 1, low: null, high: null, censored: 1 }],
    runs: ['db-latency-2026-10'],
  },
]

type Guard = Result['system']['dependencies'][number]['guards'][string]
const guard = (
  state: Guard['state'],
  value: number | null = null,
  unit: string | null = null,
  reason: string | null = null,
): Guard => ({
  state,
  tier: null,
  value,
  unit,
  reason,
  source: null,
})

const component = (id: string, kind: string, path: string, values: object = {}) => ({
  id,
  kind,
  name: id,
  aliases: [],
  tier: null,
  sources: [at(path, 1)],
  joins: [],
  ...values,
})

const ruleCount = (
  id: string,
  title: string,
  category: string,
  severity: Check['severity'],
  counts: number[],
) => ({
  id,
  title,
  pattern: id,
  category,
  severity,
  prevents: 'A slow dependency holds every worker of its caller.',
  pass: counts[0] ?? 0,
  fail: counts[1] ?? 0,
  unknown: counts[2] ?? 0,
  notApplicable: counts[3] ?? 0,
  error: 0,
})

export const sampleResult: Result = {
  schemaVersion: 1,
  kind: 'analysis',
  tool: { name: 'resilience-report', version: '0.1.0', catalogueDigest: '5b1c9f0d2a7e4c66' },
  subject: { name: 'shop', revision: '4f2d9ab', tier: '1' },
  asOf: '2026-11-01T08:00:00Z',
  verdict: 'NO-GO',
  verdictReasons: [
    '1 critical finding blocks the launch: an outbound call of checkout waits without a limit.',
    '1 failure chain of high priority was never tried.',
  ],
  blockers: [paymentTimeout.fingerprint],
  inputs: [
    ...['alerts/checkout.yaml'].map((path) => ({
      path,
      format: 'prometheus',
      status: 'parsed' as const,
      reason: null,
      sha256: 'a1'.repeat(32),
    })),
    ...['catalogue', 'checkout', 'orders'].map((name) => ({
      path: `deploy/${name}.yaml`,
      format: 'kubernetes',
      status: 'parsed' as const,
      reason: null,
      sha256: 'b2'.repeat(32),
    })),
    {
      path: 'deploy/templates/gateway.yaml',
      format: 'kubernetes',
      status: 'skipped',
      reason: 'Helm template: render it first (helm template)',
      sha256: null,
    },
    {
      path: 'experiments/log.yaml',
      format: 'experiment-log',
      status: 'partial',
      reason: 'one run has no id',
      sha256: 'c3'.repeat(32),
    },
    {
      path: 'journals/broken.json',
      format: 'chaostoolkit',
      status: 'failed',
      reason: 'not valid JSON: unexpected end of file',
      sha256: null,
    },
    {
      path: 'journals/db-latency-2026-07.json',
      format: 'chaostoolkit',
      status: 'parsed',
      reason: null,
      sha256: 'd4'.repeat(32),
    },
    ...[
      'checkout/src/payment.ts',
      'checkout/src/orders.ts',
      'orders/src/db.ts',
      'catalogue/src/cache.ts',
    ].map((path) => ({
      path: `services/${path}`,
      format: 'typescript',
      status: 'parsed' as const,
      reason: null,
      sha256: 'e5'.repeat(32),
    })),
  ],
  coverage: {
    files: { found: 12, parsed: 9, partial: 1, skipped: 1, failed: 1 },
    checks: { pass: 1, fail: 8, unknown: 3, notApplicable: 14, error: 0 },
    ratio: 0.75,
    evidence: [
      { kind: 'Service code', present: true, detail: '4 files of 3 services' },
      { kind: 'Kubernetes manifests', present: true, detail: '3 workloads' },
      { kind: 'Alert rules', present: true, detail: '2 alerts' },
      {
        kind: 'Alert routing',
        present: false,
        detail:
          'Whether anybody is paged cannot be said; detection times assume the defaults of Alertmanager',
      },
      { kind: 'Experiments', present: true, detail: '3 definitions, 9 runs' },
    ],
    leftOut: [
      { what: 'ignored by git', count: 1204 },
      { what: 'tests', count: 37 },
    ],
  },
  problems: [
    {
      path: 'experiments/log.yaml',
      line: 88,
      column: 5,
      message: 'runs[7] has no id; give it one to have it counted',
    },
    {
      path: 'journals/broken.json',
      line: null,
      column: null,
      message: 'not valid JSON: unexpected end of file; export the journal again',
    },
  ],
  checks,
  rules: [
    ruleCount('alert-for', 'An alert waits long enough to mean something', 'alerts', 'medium', [1, 1]),
    ruleCount('alert-runbook', 'An alert says what to do', 'alerts', 'low', [1, 1]),
    ruleCount('cache-ttl-jitter', 'Expiry times are spread', 'state', 'medium', [0, 1, 0, 2]),
    ruleCount(
      'circuit-breaker',
      'A failing dependency is left alone for a while',
      'calls',
      'medium',
      [0, 0, 1, 1],
    ),
    ruleCount(
      'http-timeout',
      'An outbound HTTP or RPC call ends after a bounded time',
      'calls',
      'critical',
      [2, 1],
    ),
    ruleCount('image-pinning', 'The image that was tested is the image that runs', 'rollout', 'low', [2, 1]),
    ruleCount('pool-acquire-timeout', 'Waiting for a pooled connection is bounded', 'calls', 'high', [0, 1]),
    ruleCount(
      'readiness-probe',
      'Traffic reaches a container only when it is ready',
      'probes',
      'high',
      [3, 0],
    ),
    ruleCount('replicas', 'The loss of one instance leaves others', 'redundancy', 'high', [2, 1]),
    ruleCount('resource-limits', 'A container has a memory limit', 'resources', 'medium', [3, 0, 2]),
    ruleCount('retry-backoff', 'The delay between attempts grows', 'retries', 'high', [0, 1, 0, 3]),
  ],
  system: {
    components: [
      component('catalogue', 'service', 'deploy/catalogue.yaml'),
      component('checkout', 'service', 'deploy/checkout.yaml', {
        tier: '1',
        joins: ['image registry.example/checkout is built from services/checkout'],
      }),
      component('gateway', 'service', 'deploy/templates/gateway.yaml'),
      component('orders', 'service', 'deploy/orders.yaml', {
        aliases: ['orders-api'],
        joins: ['Service orders-api selects app=orders'],
      }),
      component('payment', 'external', 'services/checkout/src/payment.ts'),
      component('postgres', 'database', 'services/orders/src/db.ts'),
      component('redis', 'cache', 'services/catalogue/src/cache.ts'),
    ],
    dependencies: [
      {
        id: 'catalogue>postgres',
        from: 'catalogue',
        to: 'postgres',
        protocol: 'sql',
        criticality: 'hard',
        sources: [at('services/catalogue/src/cache.ts', 31)],
        reason: 'reads on a miss',
        guards: {
          'statement-timeout': guard('unknown', null, null, 'the pool is created in another package'),
        },
      },
      {
        id: 'catalogue>redis',
        from: 'catalogue',
        to: 'redis',
        protocol: 'cache',
        criticality: 'soft',
        sources: [at('services/catalogue/src/cache.ts', 22)],
        reason: 'errors are caught',
        guards: {
          'cache-stampede-protection': guard('absent'),
          'cache-ttl-jitter': guard('absent'),
          'redis-timeout': guard('present', 0.5, 's'),
        },
      },
      {
        id: 'checkout>orders',
        from: 'checkout',
        to: 'orders',
        protocol: 'http',
        criticality: 'hard',
        sources: [at('services/checkout/src/orders.ts', 11)],
        reason: 'POST /orders fails without it',
        guards: {
          'circuit-breaker': guard('absent'),
          'http-timeout': guard('present', 5, 's', 'set on the client'),
        },
      },
      {
        id: 'checkout>payment',
        from: 'checkout',
        to: 'payment',
        protocol: 'http',
        criticality: 'hard',
        sources: [at('services/checkout/src/payment.ts', 14)],
        reason: 'no fallback',
        guards: {
          'circuit-breaker': guard('absent'),
          'http-timeout': guard('absent', null, null, 'axios 1.7 waits for ever by default'),
          'retry-backoff': guard('inert', null, null, 'the delay is computed and never awaited'),
          'retry-bounded': guard('present', 4, 'attempts'),
        },
      },
      {
        id: 'gateway>catalogue',
        from: 'gateway',
        to: 'catalogue',
        protocol: 'http',
        criticality: 'unknown',
        sources: [at('deploy/templates/gateway.yaml', 14)],
        reason: 'route',
        guards: {},
      },
      {
        id: 'gateway>checkout',
        from: 'gateway',
        to: 'checkout',
        protocol: 'http',
        criticality: 'hard',
        sources: [at('deploy/templates/gateway.yaml', 20)],
        reason: 'route',
        guards: { 'http-timeout': guard('delegated') },
      },
      {
        id: 'orders>postgres',
        from: 'orders',
        to: 'postgres',
        protocol: 'sql',
        criticality: 'hard',
        sources: [at('services/orders/src/db.ts', 8)],
        reason: 'no fallback',
        guards: { 'pool-acquire-timeout': guard('absent', null, null, 'pg waits without limit by default') },
      },
    ],
    singlePoints: [
      {
        component: 'postgres',
        dominates: ['orders', 'checkout'],
        reason: 'one replica, every path of orders ends here',
      },
    ],
  },
  chains,
  experiments: [
    {
      id: 'cache-flush-catalogue',
      title: 'Empty the cache of the catalogue',
      source: at('experiments/catalogue.yaml', 3),
      target: 'redis',
      fault: 'cache-flush',
      environment: 'production',
      owner: 'team-catalogue',
      cadence: 'monthly',
      requirements: ['REQ-12'],
      parts: {
        hypothesis: true,
        baseline: true,
        blastRadius: true,
        injection: true,
        observation: true,
        abort: false,
        rollback: false,
      },
      runs: 1,
      lastRun: '2026-08-11T13:00:00Z',
      due: '2026-09-10T13:00:00Z',
      state: 'overdue',
    },
    {
      id: 'db-latency-orders',
      title: 'Slow down the database of orders',
      source: at('experiments/catalogue.yaml', 24),
      target: 'postgres',
      fault: 'dependency-latency',
      environment: 'staging',
      owner: null,
      cadence: null,
      requirements: [],
      parts: {
        hypothesis: true,
        baseline: false,
        blastRadius: true,
        injection: true,
        observation: true,
        abort: true,
        rollback: true,
      },
      runs: 1,
      lastRun: '2026-10-19T10:00:00Z',
      due: null,
      state: 'current',
    },
    {
      id: 'payment-errors',
      title: 'Let the payment provider answer errors',
      source: at('experiments/catalogue.yaml', 47),
      target: 'payment',
      fault: 'dependency-error',
      environment: 'staging',
      owner: 'team-checkout',
      cadence: 'quarterly',
      requirements: ['REQ-3'],
      parts: {
        hypothesis: true,
        baseline: true,
        blastRadius: true,
        injection: true,
        observation: true,
        abort: true,
        rollback: true,
      },
      runs: 0,
      lastRun: null,
      due: null,
      state: 'never-run',
    },
    {
      id: 'pod-kill-checkout',
      title: 'Kill one checkout pod',
      source: at('experiments/catalogue.yaml', 61),
      target: 'checkout',
      fault: 'pod-kill',
      environment: 'staging',
      owner: 'team-checkout',
      cadence: 'monthly',
      requirements: ['REQ-1'],
      parts: {
        hypothesis: true,
        baseline: true,
        blastRadius: true,
        injection: true,
        observation: true,
        abort: true,
        rollback: true,
      },
      runs: 6,
      lastRun: '2026-10-05T09:00:00Z',
      due: '2026-11-04T09:00:00Z',
      state: 'current',
    },
  ],
  runs,
  recovery,
  score: {
    value: 61.4,
    low: 52,
    high: 70.3,
    coverage: 0.75,
    dimensions: [
      {
        id: 'calls',
        title: 'Outbound calls',
        weight: 25,
        value: 41,
        low: 36,
        high: 52,
        points: [
          {
            points: -9.4,
            why: 'An outbound call waits without a limit',
            fingerprint: paymentTimeout.fingerprint,
          },
          {
            points: -4.7,
            why: 'Waiting for a pooled connection has no limit',
            fingerprint: 'pool-acquire-timeout-services/orders/src/db.ts',
          },
        ],
      },
      {
        id: 'workloads',
        title: 'Workloads',
        weight: 25,
        value: 83,
        low: 70,
        high: 88,
        points: [
          { points: -3.1, why: 'A single replica serves users', fingerprint: 'replicas-deploy/orders.yaml' },
        ],
      },
      { id: 'detection', title: 'Detection', weight: 15, value: null, low: 0, high: 100, points: [] },
    ],
    maturity: {
      level: 2,
      dimensions: [
        { id: 'calls', level: 2, evidence: '41% of what guards calls is in place' },
        { id: 'experiments', level: 1, evidence: '1 of 4 chains was tried' },
      ],
    },
  },
  baseline: {
    path: 'history/2026-10.json',
    asOf: '2026-10-01T08:00:00Z',
    revision: '9c01e77',
    catalogueDigest: '5b1c9f0d2a7e4c66',
    comparable: true,
    reason: null,
  },
  recommendations: [
    {
      gate: 'before-launch',
      text: 'Give the payment client a timeout below 5 s and a delay between attempts.',
      fingerprints: [paymentTimeout.fingerprint, 'retry-backoff-services/checkout/src/payment.ts'],
    },
    {
      gate: 'before-production-traffic',
      text: 'Run the experiment “Let the payment provider answer errors”.',
      fingerprints: [],
    },
    {
      gate: 'continuous',
      text: 'Repeat the cache experiment every month; it is overdue since 10 September 2026.',
      fingerprints: [],
    },
  ],
}

/** A system in which nothing was found: every list empty, nothing decided. */
export const emptyResult: Result = {
  ...sampleResult,
  subject: { name: 'empty', revision: null, tier: null },
  verdict: 'INCOMPLETE',
  verdictReasons: ['No check could be answered: no evidence was found under the paths given.'],
  blockers: [],
  inputs: [],
  problems: [],
  checks: [],
  rules: [],
  chains: [],
  experiments: [],
  runs: [],
  recovery: [],
  recommendations: [],
  coverage: {
    files: { found: 0, parsed: 0, partial: 0, skipped: 0, failed: 0 },
    checks: { pass: 0, fail: 0, unknown: 0, notApplicable: 0, error: 0 },
    ratio: 0,
    evidence: [],
    leftOut: [],
  },
  system: { components: [], dependencies: [], singlePoints: [] },
  score: {
    value: null,
    low: 0,
    high: 100,
    coverage: 0,
    dimensions: [],
    maturity: { level: 1, dimensions: [] },
  },
  baseline: null,
}

export const hostileName =
  '<script>alert(1)</script> | `{{constructor}}` "quoted" & \u202Egnp.exe [link](javascript:alert(1)) ![x](http://evil.example/x.png) *b* _i_ #1 @all ' +
  'x'.repeat(300)

/** The sample with every name that a stranger could choose replaced by one that breaks careless renderers. */
export function hostileResult(): Result {
  const renamed = structuredClone(sampleResult)
  renamed.subject.name = hostileName
  for (const check of renamed.checks) {
    check.subject = check.message = check.title = hostileName
    check.source.path = `src/${hostileName}.ts`
    if (check.excerpt) check.excerpt.lines = [hostileName, '```', '</pre><script>alert(1)</script>']
  }
  for (const component of renamed.system.components) component.name = `${component.id} ${hostileName}`
  for (const chain of renamed.chains) {
    chain.title = hostileName
    for (const link of chain.links) link.mechanism = hostileName
  }
  for (const experiment of renamed.experiments) experiment.title = hostileName
  for (const run of renamed.runs) run.reasons = [hostileName]
  renamed.problems.push({ path: hostileName, line: 1, column: 1, message: hostileName })
  return renamed
}
