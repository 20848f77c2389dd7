/** From requirements over experiments and their runs to what they showed, with the gaps, and what the work comes to. */
import type { Run } from '../facts/experiment.js'
import type { Requirement } from '../facts/requirement.js'
import { compareText } from '../facts/source.js'
import type { ProgrammeEntry } from './programme.js'

export interface TracedRequirement {
  id: string
  title: string | null
  scenarios: {
    experiment: string
    runs: number
    newestValid: { run: string; verdict: Run['verdict'] } | null
  }[]
  /** By the newest valid run of each scenario: `failed` when one did not pass, `passed` when all did, `in part` when some have none. */
  state: 'passed' | 'failed' | 'in part' | 'not tested' | 'no scenario'
}

export interface Effort {
  status: 'planned' | 'implemented' | 'not stated' | 'total'
  experiments: number
  /** Hours over those that state them. */
  low: number
  high: number
  unstated: number
}

export interface Traceability {
  requirements: TracedRequirement[]
  /** Ids of experiments that name no requirement, where others do. */
  withoutRequirement: string[]
  /** By status and in total, where any hours are stated. */
  effort: Effort[]
}

export function traceabilityOf(programme: ProgrammeEntry[], declared: Requirement[]): Traceability {
  const titles = new Map(declared.map(({ id, title }) => [id, title]))
  const named = programme.flatMap(({ experiment }) => experiment.requirements)
  const ids = [...new Set([...titles.keys(), ...named])].sort(compareText)
  const without = programme.filter(({ experiment }) => experiment.requirements.length === 0)
  return {
    requirements: ids.map((id) => traced(id, titles.get(id) ?? null, programme)),
    withoutRequirement: ids.length === 0 ? [] : without.map(({ experiment }) => experiment.id),
    effort: effortOf(programme),
  }
}

function traced(id: string, title: string | null, programme: ProgrammeEntry[]): TracedRequirement {
  const scenarios = programme
    .filter(({ experiment }) => experiment.requirements.includes(id))
    .map(({ experiment, runs }) => ({
      experiment: experiment.id,
      runs: runs.length,
      newestValid: newestValid(runs),
    }))
  return { id, title, scenarios, state: stateOf(scenarios) }
}

/** Runs without a time cannot be told to be the newest. */
function newestValid(runs: Run[]): { run: string; verdict: Run['verdict'] } | null {
  const newest = runs
    .flatMap(({ startedAt, ...run }) =>
      startedAt === null || run.grade !== 'valid' ? [] : { ...run, startedAt },
    )
    .sort((a, b) => compareText(a.startedAt, b.startedAt))
    .at(-1)
  return newest ? { run: newest.id, verdict: newest.verdict } : null
}

function stateOf(scenarios: TracedRequirement['scenarios']): TracedRequirement['state'] {
  if (scenarios.length === 0) return 'no scenario'
  const verdicts = scenarios.map(({ newestValid }) => newestValid?.verdict ?? null)
  if (verdicts.every((verdict) => verdict === null)) return 'not tested'
  if (verdicts.some((verdict) => verdict !== null && ['fail', 'partial', 'aborted'].includes(verdict)))
    return 'failed'
  return verdicts.every((verdict) => verdict === 'pass') ? 'passed' : 'in part'
}

const STATUSES = ['implemented', 'planned', 'not stated'] as const

function effortOf(programme: ProgrammeEntry[]): Effort[] {
  const plans = programme.map(({ experiment }) => experiment.plan)
  if (!plans.some((plan) => plan?.effortHours)) return []
  return [...STATUSES, 'total' as const].flatMap((status) => {
    const own = plans.filter((plan) => status === 'total' || (plan?.status ?? 'not stated') === status)
    const hours = own.flatMap((plan) => (plan?.effortHours ? [plan.effortHours] : []))
    const sum = (which: 0 | 1): number => Number(hours.reduce((sum, pair) => sum + pair[which], 0).toFixed(2))
    return own.length === 0
      ? []
      : { status, experiments: own.length, low: sum(0), high: sum(1), unstated: own.length - hours.length }
  })
}
