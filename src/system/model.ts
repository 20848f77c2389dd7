/** The system stage's whole answer: what rules, statistics and the report build on. */
import type { Run } from '../facts/experiment.js'
import type { Facts } from '../facts/fact.js'
import type { Source } from '../facts/source.js'
import type { ChainPattern } from '../knowledge/chain-patterns.js'
import type { Configuration } from '../knowledge/configuration.js'
import type { Policies } from '../knowledge/policies.js'
import { recoveryPolicy } from '../knowledge/recovery-policy.js'
import { alertTimesOf, type AlertTime } from './alerts/alert-times.js'
import { AlertFate } from './alerts/alert-fate.js'
import { buildSystem } from './build.js'
import { stateOf, type ChainState } from './chains/chain-state.js'
import { findChains, type Chain } from './chains/chains.js'
import type { System } from './component.js'
import { Manifests } from './manifests/manifests.js'
import { joinLoadResults, withLoad, type JoinedLoad } from './load-results.js'
import type { AlertRule } from '../facts/alert.js'
import type { Watch } from './alerts/detection.js'
import { writersOf } from './alerts/detection-bounds.js'
import { Notification } from './alerts/notification.js'
import { atTheUpstream } from './fault-behind-proxy.js'
import { atTheCalled } from './fault-between.js'
import { withNamedExperiments } from './named-experiments.js'
import { observedRuns } from './observed-runs.js'
import { programmeOf, type ProgrammeEntry } from './programme.js'
import { asProved, soundRuns, type SoundRuns } from './runs.js'
import { gameDaysOf, type GameDay } from './game-days.js'
import { type Safety, safetyOf } from './safety/run-safety.js'
import { unanalysedIn } from './alerts/silent-alerts.js'
import { takenChannels } from './alerts/webhook-addresses.js'
import { withIntervalsOf } from './alerts/scrape-intervals.js'
import { traceabilityOf, type Traceability } from './traceability.js'
import { Traffic } from './mesh/traffic.js'
import { singlePoints, type SinglePoint } from './single-points.js'

export type TriedChain = Chain & ChainState

export interface Model {
  facts: Facts
  /** Of the runs among the facts those that may count; use these. */
  runs: Run[]
  problems: SoundRuns['problems']
  loads: JoinedLoad[]
  manifests: Manifests
  traffic: Traffic
  system: System
  watch: Watch
  singlePoints: SinglePoint[]
  chains: TriedChain[]
  chainPatterns: ChainPattern[]
  programme: ProgrammeEntry[]
  safety: Safety
  traceability: Traceability
  gameDays: GameDay[]
  alertTimes: AlertTime[]
  configuration: Configuration
  declaredAt: (at: PropertyKey[]) => Source
  policies: Policies
  asOf: string
}

const HEAD_OF_CONFIGURATION: Source = { path: 'resilience.yaml', line: 1, column: 1, endLine: 1 }

export interface ModelContext {
  configuration: Configuration
  /** Place of what the configuration declares; by default the head of `resilience.yaml`. */
  declaredAt?: (at: PropertyKey[]) => Source
  policies: Policies
  chainPatterns: ChainPattern[]
  /** Alerts of which a rule of the catalogue says that they cannot fire. */
  silentAlerts?: (joined: Joined) => ReadonlySet<AlertRule>
  asOf: string
}

/** What is known before it is asked who would notice what. */
export type Joined = Pick<
  Model,
  'facts' | 'runs' | 'manifests' | 'system' | 'watch' | 'configuration' | 'policies'
>

export function buildModel(facts: Facts, context: ModelContext): Model {
  const { configuration, declaredAt = () => HEAD_OF_CONFIGURATION, policies, chainPatterns, asOf } = context
  const manifests = new Manifests(facts, policies.componentKinds)
  const traffic = new Traffic(manifests)
  const system = buildSystem(facts, manifests, traffic, configuration, policies)
  const placed = facts.of('run').map((run) => atTheCalled(run, system))
  const { runs: sound, problems } = soundRuns(placed, asOf)
  const named = withNamedExperiments(sound, facts.of('experiment'))
  const observed = observedRuns(named, facts.of('service-samples'), { system, manifests }, recoveryPolicy())
  const loads = joinLoadResults(facts.of('load-result'), observed)
  const runs = asProved(withLoad(observed, loads))
  const evidence = {
    experiments: facts
      .of('experiment')
      .map((experiment) => atTheUpstream(atTheCalled(experiment, system), { system, manifests })),
    runs,
    configuration,
    policy: policies.chains,
    asOf,
  }
  const fate = new AlertFate(system, manifests)
  const all: Watch = {
    policy: policies.detection,
    silent: new Set(),
    unanalysed: unanalysedIn(facts.of('alert')),
    configuration: withIntervalsOf(facts, configuration, policies.detection),
    notification: new Notification(facts, policies.routing, policies.detection.defaults, takenChannels(fate)),
    fate,
    recorded: new Map(facts.of('recording').map(({ name, query }) => [name, query])),
    writers: writersOf(facts),
  }
  const joined = { facts, runs, manifests, system, watch: all, configuration, policies }
  const watch: Watch = { ...all, silent: context.silentAlerts?.(joined) ?? all.silent }
  const chains = findChains(system, {
    patterns: chainPatterns,
    chains: policies.chains,
    watch,
    anyAlerts: facts.of('alert').length > 0,
  })
  const programme = programmeOf(evidence.experiments, evidence.runs, configuration, asOf)
  const safety = safetyOf(facts, runs, programme, configuration.policies.requiredEnvironment)
  return {
    facts,
    runs,
    problems,
    loads,
    manifests,
    traffic,
    system,
    watch,
    singlePoints: singlePoints(system),
    chains: chains.map((chain) => ({ ...chain, ...stateOf(chain, system, evidence) })),
    chainPatterns,
    programme,
    safety,
    traceability: traceabilityOf(programme, facts.of('requirement')),
    gameDays: gameDaysOf(runs, safety.overlaps),
    alertTimes: alertTimesOf(runs, facts.of('alert'), watch),
    configuration,
    declaredAt,
    policies,
    asOf,
  }
}
