/** Did we try it: the state of a chain by the runs and definitions that speak of it. */
import type { Experiment, Run } from '../facts/experiment.js'
import type { Configuration } from '../knowledge/configuration.js'
import type { System } from './component.js'
import type { Chain } from './chains.js'

export interface ChainState {
  state: 'UNTESTED' | 'PLANNED' | 'PARTIAL' | 'FAILED' | 'STALE' | 'TESTED'
  linksCovered: number
  runs: { run: string; counts: boolean; why: string }[]
}

interface Evidence {
  experiments: Experiment[]
  runs: Run[]
  configuration: Configuration
  /** RFC 3339; ages count from here. */
  asOf: string
}

const ENVIRONMENTS = ['development', 'test', 'staging', 'production']
const SECONDS_PER_DAY = 86_400

/**
 * A chain is tested when nine conditions hold: trigger injected, run valid, every link covered, load present, recovery
 * within the objective, alert fired, environment good enough, fresh, rolled back. Names that merely look alike never count.
 */
export function stateOf(chain: Chain, system: System, evidence: Evidence): ChainState {
  const tries = evidence.runs.filter((run) => injects(run, chain, system)).sort((a, b) => (b.startedAt ?? '').localeCompare(a.startedAt ?? ''))
  const judged = tries.map((run) => ({ run, ...judge(run, chain, evidence) }))
  const runs = judged.map(({ run, counts, why }) => ({ run: run.id, counts, why }))
  const counting = judged.filter((judgement) => judgement.counts)
  const linksCovered = Math.max(0, ...counting.map(({ run }) => coveredLinks(run, chain)))
  const newest = counting[0]
  if (newest) return { state: newest.state, linksCovered, runs }
  const planned = evidence.experiments.some((experiment) => injects(experiment, chain, system))
  return { state: planned || tries.length > 0 ? 'PLANNED' : 'UNTESTED', linksCovered: 0, runs }
}

/** It names the chain, or injects the chain's fault into the chain's component. */
function injects(candidate: Experiment | Run, chain: Chain, system: System): boolean {
  if (candidate.covers.includes(chain.id)) return true
  return candidate.fault === chain.trigger.fault && system.named(candidate.target)?.id === chain.trigger.component
}

/** A run that injects the trigger shows the first link; only a declaration says that the others were watched. */
function coveredLinks(run: Run, chain: Chain): number {
  return run.covers.includes(chain.id) ? chain.links.length : Math.min(1, chain.links.length)
}

function judge(run: Run, chain: Chain, { configuration, asOf }: Evidence): { counts: boolean; why: string; state: ChainState['state'] } {
  if (run.grade !== 'valid') return { counts: false, why: `graded ${run.grade}: ${run.reasons.join('; ')}`, state: 'PLANNED' }
  if (run.verdict === 'fail') return { counts: true, why: 'the run failed: the chain happened', state: 'FAILED' }
  const lacking = lackingConditions(run, chain, configuration)
  if (lacking.length > 0) return { counts: true, why: `covers ${coveredLinks(run, chain)} of ${chain.links.length} links; ${lacking.join('; ')}`, state: 'PARTIAL' }
  const days = run.startedAt === null ? Infinity : (Date.parse(asOf) - Date.parse(run.startedAt)) / 1000 / SECONDS_PER_DAY
  const { freshnessDays } = configuration.policies
  if (days > freshnessDays) return { counts: true, why: `older than ${freshnessDays} days`, state: 'STALE' }
  return { counts: true, why: 'all nine conditions hold', state: 'TESTED' }
}

function lackingConditions(run: Run, chain: Chain, configuration: Configuration): string[] {
  const objective = configuration.objectives.recoverySeconds
  const environment = ENVIRONMENTS.indexOf(run.environment ?? '')
  const required = ENVIRONMENTS.indexOf(configuration.policies.requiredEnvironment)
  const recovered = run.recovery.kind === 'absorbed' || run.recovery.kind === 'recovered'
  const lacking: [boolean, string][] = [
    [run.verdict !== 'pass', `the verdict is ${run.verdict}`],
    [coveredLinks(run, chain) < chain.links.length, 'it does not say that it watched the other links'],
    [run.load !== true, 'no load is recorded'],
    [!recovered, 'no recovery was measured'],
    [objective === undefined, 'no recovery objective is declared'],
    [objective !== undefined && run.recovery.seconds !== null && run.recovery.seconds > objective, `recovery took longer than ${objective} s`],
    [!run.alerts.some((alert) => chain.detection.alerts.includes(alert.name)), 'none of its alerts is recorded as fired'],
    [environment < required, `it ran in ${run.environment ?? 'an unknown environment'}, not in ${configuration.policies.requiredEnvironment} or nearer to users`],
    [run.rolledBack !== true, 'the rollback is not recorded as done'],
  ]
  return lacking.flatMap(([lacks, why]) => (lacks ? [why] : []))
}
