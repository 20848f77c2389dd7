/** What a rule may ask of each kind of subject: field names and CEL types, so that a misspelt name is an error at load. */

/** `dyn` for leaves that may be null. The types are structural: `list<Container>` names another entry. */
// prettier-ignore
export const SUBJECT_TYPES = {
  Probe: {
    action: 'string', path: 'dyn', port: 'dyn', initialDelaySeconds: 'double', periodSeconds: 'double', timeoutSeconds: 'double', failureThreshold: 'double',
    unresolvedPort: 'dyn', host: 'dyn', processOnly: 'bool', isOverlong: 'bool', limitSeconds: 'double',
  },
  Container: {
    name: 'string', image: 'dyn', imageTag: 'dyn', imageDigest: 'bool', tagMoves: 'bool', tagIsMajor: 'bool', imageIsOfficial: 'bool', imageOfRelease: 'bool',
    cpuRequest: 'dyn', memoryRequest: 'dyn', cpuLimit: 'dyn', memoryLimit: 'dyn',
    ports: 'list<double>', readiness: 'dyn', liveness: 'dyn', startup: 'dyn', preStop: 'bool', drainRemark: 'dyn', workload: 'string', componentKind: 'string', runsOn: 'bool', served: 'bool', relieved: 'bool', hasOthers: 'bool', datagramsOnly: 'bool',
    expectedStartSeconds: 'double', unresolvedPorts: 'list<string>', undeclaredPorts: 'list<double>', unresponsive: 'dyn', variables: 'double', hiddenVariables: 'list<string>',
  },
  Budget: {
    name: 'string', apiVersion: 'string', instances: 'dyn', minAvailable: 'dyn', maxUnavailable: 'dyn', hasPolicy: 'bool', unhealthyPodEvictionPolicy: 'dyn', refusal: 'dyn', allowedDisruptions: 'dyn', permitsNone: 'bool', mustStay: 'dyn',
    guarded: 'list<string>', counted: 'list<string>', componentKind: 'string', selects: 'list<string>', isTaken: 'bool', podMaker: 'dyn', neighbours: 'double', meant: 'list<string>',
  },
  Workload: {
    name: 'string', kind: 'string', namespace: 'string', componentKind: 'string',
    instances: 'double', mostInstances: 'double', raisedByOverlay: 'bool', replicasWritten: 'bool', scaled: 'bool', served: 'bool', runsOn: 'bool', managed: 'bool',
    budgets: 'list<Budget>', spreadOver: 'list<string>', spreadConstraints: 'double', spreadFaults: 'list<string>', containers: 'list<Container>', initContainers: 'list<string>',
    maxUnavailable: 'dyn', strategy: 'dyn', rolloutRefusal: 'dyn', awayInRollout: 'dyn', gracePeriodSeconds: 'double', gracePeriodWritten: 'bool', priorityClass: 'dyn', priorityGiven: 'bool', priorityIsCustom: 'bool', priorityUsers: 'list<string>', tasksAbove: 'list<string>',
    claims: 'list<string>', keepsData: 'bool', holdsData: 'bool', scratchGrows: 'bool', appliedAgain: 'bool', scratch: 'list<string>', unboundedScratch: 'list<string>', unboundedData: 'list<string>', namingFault: 'dyn', sharedExclusiveClaims: 'list<string>', unseenClaims: 'list<string>', selectorMatches: 'bool', lacksSelector: 'bool',
    restartPolicy: 'dyn', backoffLimit: 'dyn', retrySeconds: 'double', isParallel: 'bool', endsOnFailure: 'bool', activeDeadlineSeconds: 'dyn', ttlSecondsAfterFinished: 'dyn', cleanedBy: 'dyn', concurrencyPolicy: 'dyn', schedule: 'dyn', suspended: 'bool', atMostDaily: 'dyn', startingDeadlineSeconds: 'dyn', replacedAfterDays: 'dyn',
    preStopAtLeastSeconds: 'double', preStopAtMostSeconds: 'dyn', shutdownSeconds: 'dyn',
  },
  Service: { name: 'string', namespace: 'string', type: 'string', hasSelector: 'bool', selector: 'list<string>', selects: 'list<string>', podMaker: 'dyn', undeclaredTargets: 'list<string>' },
  Autoscaler: { name: 'string', target: 'string', targetFound: 'bool', minReplicas: 'dyn', maxReplicas: 'dyn', utilisationOf: 'list<string>', targetRequests: 'list<string>', targetReplicasWritten: 'bool' },
  ApiObject: { kind: 'string', name: 'string', apiVersion: 'string', removedIn: 'dyn', removedMinor: 'dyn', use: 'dyn' },
  Forecast: { windowSeconds: 'double', horizonSeconds: 'double' },
  EntryPoint: { name: 'string', kind: 'string', missingBackends: 'list<string>', doubtfulBackends: 'list<string>', backends: 'list<string>', ports: 'double', missingPorts: 'list<string>', targetPorts: 'list<string>' },
  StartOrder: { name: 'string', circle: 'list<string>', waitsFor: 'list<string>', unknown: 'list<string>' },
  ScrapeMonitor: { name: 'string', kind: 'string', selects: 'list<string>', meant: 'list<string>', podMaker: 'dyn', selected: 'list<string>', missingPorts: 'list<string>', isPartly: 'bool', alerts: 'list<string>' },
  References: { name: 'string', kind: 'string', count: 'double', missing: 'list<string>', unseen: 'list<string>' },
  NetworkPolicy: { name: 'string', isTaken: 'bool', selects: 'list<string>', podMaker: 'dyn', neighbours: 'double', meant: 'list<string>', resolved: 'list<string>', perhapsResolved: 'list<string>', unresolved: 'list<string>' },
  Isolation: { policies: 'double', isolated: 'double', open: 'list<string>', othersRead: 'bool' },
  Passage: { from: 'string', to: 'string', answer: 'string', reason: 'string' },
  TrafficRule: {
    name: 'string', kind: 'string', rule: 'string', marked: 'bool', faults: 'list<string>', otherWritings: 'list<string>', rendered: 'bool',
    timeoutSeconds: 'dyn', trySeconds: 'dyn', tries: 'dyn', retried: 'bool', retriesSlow: 'bool', conditions: 'list<string>', unknownConditions: 'list<string>', afterWork: 'list<string>', needSeconds: 'dyn', wholeTries: 'dyn',
    unsafe: 'list<string>', methodsKnown: 'bool', repeatsRecognised: 'bool', subsets: 'list<string>', undefinedSubsets: 'list<string>', emptySubsets: 'list<string>', unseenSubsets: 'list<string>',
  },
  Upstream: {
    name: 'string', kind: 'string', host: 'string', subset: 'dyn', hasPortSettings: 'bool', instances: 'dyn', mostInstances: 'dyn', limits: 'list<string>', failsOver: 'bool', outlierDetection: 'bool', ejects: 'bool', ejectsAfter: 'dyn', ejectionSeconds: 'dyn',
    maxEjectionPercent: 'dyn', maxEjectionPercentWritten: 'bool', minHealthPercent: 'dyn', ejectable: 'dyn', mostEjectable: 'dyn',
  },
  Alert: {
    name: 'string', group: 'string', expression: 'string', syntaxError: 'dyn', analysed: 'bool', hasCondition: 'bool', forSeconds: 'double', forWritten: 'bool',
    labels: 'map<string, string>', annotations: 'map<string, string>', metrics: 'list<string>', windows: 'list<double>', functions: 'list<string>',
    thresholdOperator: 'dyn', thresholdValue: 'dyn', thresholdOverWindow: 'dyn', comparedFunction: 'string', comparedMetric: 'string', comparedAggregation: 'string', comparedBy: 'list<string>', matchedOperations: 'double', unmatchedOperations: 'list<string>', printedLabels: 'list<string>', droppedLabels: 'list<string>',
    names: 'list<string>', unknownNames: 'list<string>', doubtfulNames: 'list<string>', components: 'list<string>', namePatterns: 'list<string>', componentsKnown: 'bool', hasAbsentSibling: 'bool', possibleAbsentSiblings: 'list<string>', intervalSeconds: 'dyn', comparedSeries: 'string', comparedAge: 'double', comparedIsCounter: 'bool', fires: 'string', neverFires: 'bool', countsNothing: 'bool', joinsSeries: 'bool', shortestRate: 'dyn', scrapedAtLeastEvery: 'double', scrapedAtMostEvery: 'double', scrapeKnown: 'bool', duplicates: 'list<string>', told: 'string', urgent: 'bool', urgencyLabels: 'list<string>', dropped: 'string', mayBeDropped: 'bool', toldAfterAtLeast: 'double', toldNotBefore: 'double', toldAfterAtMost: 'dyn', responseSeconds: 'dyn',
    emptyReason: 'dyn', brokenJoins: 'list<string>', idleParts: 'list<string>', perhapsBroken: 'list<string>', perhapsIdle: 'list<string>', hasMatchers: 'bool', hasOperations: 'bool', hasAlternatives: 'bool', templates: 'double', labelTemplates: 'double', usesRecorded: 'bool', misnamedRecorded: 'list<string>', unseenRecorded: 'list<string>', recordedWindows: 'list<double>', openRecorded: 'list<string>', samplings: 'list<string>', sums: 'double', poisons: 'list<string>', perhapsPoisons: 'list<string>', jointAbsences: 'list<string>', comparesAggregates: 'bool', skewed: 'list<string>', mismatches: 'list<string>', variables: 'list<string>', tested: 'bool', firedInTest: 'bool', templateErrors: 'list<string>', comparesItsRate: 'bool', statesBy: 'list<string>', unreadTemplates: 'list<string>', valueLabels: 'list<string>', valueIsConstant: 'bool', forecasts: 'list<Forecast>', evaluatedEvery: 'double', evaluationKnown: 'bool', inGrafana: 'bool', noticesNoData: 'bool', ownReceiver: 'string',
  },
  AlertTest: { alert: 'string', expected: 'double', ruleFiles: 'list<string>', unread: 'list<string>', hasAlert: 'bool' },
  RuleGroup: { name: 'string', forPrometheus: 'bool', inGrafana: 'bool', refusals: 'list<string>', perhapsRefused: 'list<string>', namedBefore: 'dyn', intervalSeconds: 'dyn', alerts: 'list<string>', records: 'list<string>' },
  Recording: {
    name: 'string', group: 'string', expression: 'string', syntaxError: 'dyn', analysed: 'bool', emptyReason: 'dyn', brokenJoins: 'list<string>', perhapsBroken: 'list<string>', twins: 'list<string>', likeTwins: 'list<string>',
  },
  Routing: {
    name: 'string', refusals: 'list<string>', perhapsRefused: 'list<string>', isPart: 'bool', isGrafana: 'bool', selected: 'string', anyAlertmanagers: 'bool', isWhole: 'bool', anyAlerts: 'bool', missingReceivers: 'list<string>', hiddenRoutes: 'list<string>', groupsByAll: 'list<string>', inhibitions: 'double', silencing: 'list<string>', silencedByOne: 'bool', confused: 'list<string>', inverted: 'list<string>', invertedByOne: 'bool', idleInhibitions: 'list<string>',
    watchdogs: 'list<string>', watchdogHeard: 'string', urgentTold: 'list<string>', oneProvider: 'list<string>', unclearProviders: 'list<string>', channels: 'list<string>', sharing: 'list<string>', unclearFate: 'list<string>', takers: 'list<string>',
  },
  Receiver: { name: 'string', isWhole: 'bool', channels: 'list<string>', forUrgent: 'bool', urgentAlerts: 'list<string>', untold: 'list<string>', pages: 'string', unpaged: 'list<string>', mutedUrgent: 'list<string>', alwaysMuted: 'bool', perhapsMuted: 'list<string>', muteTimes: 'list<string>', servedPaths: 'list<string>', lostAddresses: 'list<string>', openPaths: 'list<string>' },
  Client: { guards: 'map<string, string>', reasons: 'map<string, string>', library: 'string', libraryTitle: 'string', version: 'dyn', protocol: 'string', target: 'string', symbol: 'string', calls: 'double', unasked: 'list<string>' },
  Practice: { pattern: 'string', state: 'string', detail: 'string', reason: 'dyn', symbol: 'string', instances: 'dyn' },
  Route: { method: 'string', path: 'string', isWholePath: 'bool', callsDependency: 'dyn', probes: 'list<string>', handlers: 'double' },
  Dependency: { guards: 'map<string, string>', reasons: 'map<string, string>', from: 'string', to: 'string', protocol: 'string', toKind: 'string', criticality: 'string', attempts: 'dyn', calls: 'double', ownAttempts: 'dyn', ownSeconds: 'dyn', ownSecondsKnown: 'bool', proxyTries: 'dyn', proxySeconds: 'dyn', proxyRule: 'string', proxyDoubt: 'dyn', outwaited: 'list<string>', outwaitedOpen: 'list<string>', outwaitedFits: 'double' },
  Component: {
    guards: 'map<string, string>', reasons: 'map<string, string>', id: 'string', kind: 'string', name: 'string', entry: 'bool', alerts: 'list<string>', symptoms: 'list<string>', possibleAlerts: 'list<string>', possibleSymptoms: 'list<string>', experiments: 'list<string>',
    runs: 'double', validRuns: 'double', dependents: 'double', anyAlerts: 'bool', anyExperiments: 'bool', runsInCluster: 'bool', hasCode: 'bool', singlePoint: 'bool', dominates: 'list<string>',
  },
  Connections: { database: 'string', isCounted: 'bool', permitted: 'double', isLimited: 'bool', limitReason: 'string', needed: 'double', neededAtRest: 'double', fits: 'string', terms: 'list<string>', open: 'list<string>', raised: 'bool' },
  Chain: { id: 'string', title: 'string', pattern: 'string', trigger: 'string', fault: 'string', state: 'string', untold: 'dyn', priority: 'string', priorityBasis: 'string', links: 'double', loop: 'bool', noticed: 'bool', noticeKnown: 'bool', noticeReason: 'dyn', runsCounting: 'dyn', noticedAfterAtLeast: 'dyn', noticedNotBefore: 'dyn', noticedAfterAtMost: 'dyn', objectiveSeconds: 'dyn', anyAlerts: 'bool', missing: 'list<string>', worst: 'dyn', retried: 'bool', slackSeconds: 'dyn', slackAtLeastSeconds: 'dyn', slackAtMostSeconds: 'dyn', slackReason: 'dyn', overrunSeconds: 'dyn', anyExperiments: 'bool', experiment: 'string' },
  Safeguard: { stated: 'bool', breaches: 'list<string>', open: 'list<string>' },
  Experiment: {
    limited: 'bool', plannedBreaches: 'list<string>', windowed: 'bool', plannedInWindows: 'list<string>', scheduled: 'bool', expected: 'dyn', kept: 'dyn', short: 'list<string>', steps: 'double', hostWideSteps: 'list<string>', lastingSteps: 'list<string>', undecidedFault: 'dyn',
    id: 'string', title: 'string', target: 'dyn', fault: 'dyn', environment: 'dyn', owner: 'dyn', cadence: 'dyn', state: 'string', unrecorded: 'dyn', due: 'dyn', lastRun: 'dyn', lastCounted: 'dyn', runs: 'double',
    parts: 'map<string, bool>', statable: 'map<string, bool>', momentary: 'bool', missingFrame: 'list<string>', frameElsewhere: 'list<string>', steadyState: 'double', passCriteria: 'double', unscopedCommands: 'list<string>', targetFound: 'bool', targetDoubt: 'dyn', componentsKnown: 'bool',
  },
  Run: {
    anyPolicies: 'bool', permitted: 'Safeguard', limits: 'Safeguard', targets: 'Safeguard', concurrency: 'Safeguard', windows: 'Safeguard', approval: 'Safeguard', requirements: 'Safeguard', abortWhen: 'Safeguard', errorBudget: 'Safeguard', stagingFirst: 'Safeguard', incidents: 'Safeguard',
    id: 'string', experiment: 'dyn', grade: 'string', verdict: 'string', environment: 'dyn', reasons: 'list<string>', baselineMet: 'dyn', faultVerified: 'dyn', load: 'dyn', rolledBack: 'dyn', baselineAgain: 'dyn', notes: 'dyn', stoppable: 'dyn',
    recoveryKind: 'string', recoverySeconds: 'dyn', recoveryAtLeast: 'dyn', recoveryAtMost: 'dyn', objectiveSeconds: 'dyn',
  },
  Mechanism: { kind: 'string', title: 'string', component: 'string', hasAlerts: 'bool', rulesRead: 'double', alerts: 'list<string>', possible: 'list<string>', unread: 'list<string>' },
  Suppression: { form: 'string', rule: 'string', reason: 'dyn' },
} as const satisfies Record<string, Record<string, string>>

export type TypeName = keyof typeof SUBJECT_TYPES

/** Kinds of subjects a rule can be about, by the name of their variable in expressions. */
export const SUBJECTS = {
  workload: 'Workload',
  container: 'Container',
  service: 'Service',
  autoscaler: 'Autoscaler',
  budget: 'Budget',
  entrypoint: 'EntryPoint',
  apiobject: 'ApiObject',
  startorder: 'StartOrder',
  scrapemonitor: 'ScrapeMonitor',
  references: 'References',
  networkpolicy: 'NetworkPolicy',
  isolation: 'Isolation',
  passage: 'Passage',
  trafficrule: 'TrafficRule',
  upstream: 'Upstream',
  alert: 'Alert',
  alerttest: 'AlertTest',
  rulegroup: 'RuleGroup',
  recording: 'Recording',
  routing: 'Routing',
  receiver: 'Receiver',
  client: 'Client',
  practice: 'Practice',
  route: 'Route',
  dependency: 'Dependency',
  component: 'Component',
  mechanism: 'Mechanism',
  connections: 'Connections',
  chain: 'Chain',
  experiment: 'Experiment',
  run: 'Run',
  suppression: 'Suppression',
} as const satisfies Record<string, TypeName>

export type SubjectKind = keyof typeof SUBJECTS

export const SUBJECT_KINDS = Object.keys(SUBJECTS) as [SubjectKind, ...SubjectKind[]]
