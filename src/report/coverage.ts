/** What was read and what could be answered: printed before any finding. */
import { coverageOf } from '../score/score.js'
import type { Answers } from './answers.js'
import type { Result } from './result.js'

export function evidenceCoverage({ inputs, leftOut, suppressions, model }: Answers): Result['coverage'] {
  const count = (status: Result['inputs'][number]['status']): number => inputs.filter((input) => input.status === status).length
  const outcomes = { pass: 0, fail: 0, unknown: 0, notApplicable: 0, error: 0 }
  for (const { outcome } of suppressions.judged) outcomes[outcome === 'not-applicable' ? 'notApplicable' : outcome]++
  return {
    files: { found: inputs.length, parsed: count('parsed'), partial: count('partial'), skipped: count('skipped'), failed: count('failed') },
    checks: outcomes,
    ratio: coverageOf(suppressions.judged),
    evidence: kindsOfEvidence(model),
    leftOut,
  }
}

function kindsOfEvidence({ facts, system }: Answers['model']): Result['coverage']['evidence'] {
  const number = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`
  const clients = facts.of('client')
  const workloads = facts.of('workload').filter((workload) => !workload.fragment)
  const [alerts, experiments, runs] = [facts.of('alert'), facts.of('experiment'), facts.of('run')]
  const valid = runs.filter((run) => run.grade === 'valid').length
  const unresolved = new Set(system.unresolved.map(({ client }) => client)).size
  return [
    {
      kind: 'code',
      present: facts.of('package').length + clients.length > 0,
      detail: `${number(facts.of('package').length, 'package')}, ${number(clients.length, 'outbound client')}${unresolved > 0 ? `; of ${unresolved} it is not known whom they call, so they take part in no chain` : ''}`,
    },
    { kind: 'manifests', present: workloads.length > 0, detail: `${number(workloads.length, 'workload')}, ${number(facts.of('service').length, 'Service')}` },
    { kind: 'alert rules', present: alerts.length > 0, detail: `${number(alerts.length, 'alert')}; alert routing is not read yet, so whether anybody is notified is not known` },
    { kind: 'experiments', present: experiments.length + runs.length > 0, detail: `${number(experiments.length, 'definition')}, ${number(runs.length, 'run')}, of which ${valid} graded valid` },
  ]
}
