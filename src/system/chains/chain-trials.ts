/** Which experiments and runs try a chain, and which are only about the component that it begins at. */
import type { Experiment, Run } from '../../facts/experiment.js'
import { groupedBy } from '../../facts/grouped.js'
import type { ChainPolicy } from '../../knowledge/policies.js'
import type { System } from '../component.js'
import type { Chain } from './chains.js'

export interface Trials {
  plans: Experiment[]
  runs: Run[]
  related: Related[]
}

/** Experiments and runs on the component of the trigger that do not try the chain: another fault, or only a part of the component. */
export interface Related {
  fault: string | null
  /** What the records of its runs say of the fault; `not-stated` for definitions, and where it was active. */
  shown: 'not-injected' | 'not-shown' | 'not-stated'
  /** What the fault is limited to, as `endpoint /v1/webhooks`; null for the whole component. */
  part: string | null
  /** Ids. */
  experiments: string[]
  runs: string[]
}

interface Evidence {
  experiments: Experiment[]
  runs: Run[]
  policy: ChainPolicy
}

/** `*`, `/`, and an address without a path: all of it. */
const WHOLE = /^(?:[a-z][a-z0-9+.-]*:\/\/[^/]*)?\/?\*?$/i

export function trialsOf(chain: Chain, system: System, { experiments, runs, policy }: Evidence): Trials {
  const partOf = (experiment: Experiment | undefined): string | null =>
    experiment === undefined ? null : limitedTo(experiment, policy)
  const definitionOf = ({ experiment }: Run): Experiment | undefined =>
    experiments.find(({ id, title }) => id === experiment || title === experiment)
  const candidates = [
    ...experiments.map((plan) => ({ plan, run: null, is: plan, part: partOf(plan) })),
    ...runs.map((run) => ({ plan: null, run, is: run, part: partOf(definitionOf(run)) })),
  ].filter(
    ({ is, run }) =>
      is.covers.includes(chain.id) ||
      isOnTrigger(is, chain, system) ||
      // What its record calls the target may be a file: then it is that of its definition.
      (run !== null && !system.named(run.target) && isOnTrigger(definitionOf(run), chain, system)),
  )
  const tries = candidates.filter(
    ({ is, part }) => is.covers.includes(chain.id) || (is.fault === chain.trigger.fault && part === null),
  )
  const others = candidates.filter((candidate) => !tries.includes(candidate))
  const groups = groupedBy(others, ({ is, run, part }) => JSON.stringify([is.fault, part, shownBy(run)]))
  return {
    plans: tries.flatMap(({ plan }) => plan ?? []),
    runs: tries.flatMap(({ run }) => run ?? []),
    related: [...groups.values()].map((group) => ({
      fault: group[0]!.is.fault,
      shown: shownBy(group[0]!.run),
      part: group[0]!.part,
      experiments: group.flatMap(({ plan }) => plan?.id ?? []),
      runs: group.flatMap(({ run }) => run?.id ?? []),
    })),
  }
}

/** Whether the fault of a run was active: refuted, left open, or not in question. */
function shownBy(run: Run | null): Related['shown'] {
  if (run?.faultVerified === false) return 'not-injected'
  return run?.faultVerified === null && run.fault !== null ? 'not-shown' : 'not-stated'
}

function isOnTrigger(tried: Experiment | Run | undefined, chain: Chain, system: System): boolean {
  return system.named(tried?.target ?? null)?.id === chain.trigger.component
}

function limitedTo({ plan }: Experiment, { partParameters }: ChainPolicy): string | null {
  const parts = (plan?.texts ?? []).filter(
    ({ name, value }) => partParameters.includes(name) && !WHOLE.test(value),
  )
  return parts.length === 0 ? null : parts.map(({ name, value }) => `${name} ${value}`).join(', ')
}
