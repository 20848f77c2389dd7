/** Whether what a run left behind was gone later: a later run of the same met the baseline. */
import type { Run } from '../facts/experiment.js'

interface Met {
  run: Run
  start: number
}

export class BaselinesAgain {
  /** Runs whose baseline held and that are not invalid, rising by time, by what they were made of. */
  readonly #met = new Map<string, Met[]>()

  constructor(runs: Run[]) {
    const met = runs
      .filter(({ grade, baselineMet }) => grade !== 'invalid' && baselineMet === true)
      .filter(({ startedAt }) => startedAt !== null)
      .map((run) => ({ run, start: Date.parse(run.startedAt!) }))
      .sort((a, b) => a.start - b.start)
    for (const one of met)
      for (const key of keysOf(one.run)) {
        const known = this.#met.get(key)
        if (known) known.push(one)
        else this.#met.set(key, [one])
      }
  }

  /** The first run after this one, on the same target in the same environment, with the same experiment or fault, whose baseline held. */
  after(run: Run): Run | null {
    const ended = run.endedAt ?? run.faultEnd?.latest ?? run.startedAt
    if (ended === null) return null
    const end = Date.parse(ended)
    const first = keysOf(run)
      .flatMap((key) => this.#met.get(key)?.find(({ start }) => start > end) ?? [])
      .sort((a, b) => a.start - b.start)
    return first[0]?.run ?? null
  }
}

function keysOf({ target, environment, experiment, fault }: Run): string[] {
  if (target === null) return []
  return [
    ...(experiment === null ? [] : [JSON.stringify([target, environment, 'experiment', experiment])]),
    ...(fault === null ? [] : [JSON.stringify([target, environment, 'fault', fault])]),
  ]
}
