/** What tried a chain, what plans to, and what is only about the same component. */
import type { Chain } from '../result.js'
import { shorten } from './clean.js'
import { groupBy } from './lists.js'
import { idRanges, words, type Names, type Reference } from './names.js'

/** The record has the rest. */
const NOTE_LENGTH = 200

export function viewTrials(chain: Chain, names: Names) {
  return {
    runs: viewRuns(chain, names),
    plans: chain.plans.map((id) => ({ id, reference: names.experiment(id) })),
    related: chain.related.map((group) => viewRelated(group, names)),
    failures: chain.failures,
  }
}

/** Runs that count, or do not, for the same reason share a line. */
function viewRuns({ runs }: Chain, names: Names) {
  return groupBy(runs, ({ counts, why, note }) => `${counts}\n${why}\n${note}`).flatMap(
    ({ items: [first, ...rest] }) =>
      first === undefined
        ? []
        : {
            counts: first.counts,
            why: first.why,
            note: first.note === null ? null : shorten(first.note, NOTE_LENGTH),
            runs: [first, ...rest].map(({ run }) => ({ run, reference: names.run(run) })),
          },
  )
}

function viewRelated({ fault, part, experiments, runs }: Chain['related'][number], names: Names): string {
  const short = (ids: string[], reference: (id: string) => Reference | null): string[] =>
    ids.map((id) => reference(id)?.id ?? id)
  const what = [
    fault === null ? 'fault not recorded' : words(fault),
    ...(part === null ? [] : [`of ${part} only`]),
  ]
  const which = [
    ...short(experiments, names.experiment),
    ...(runs.length > 0 ? [idRanges(short(runs, names.run))] : []),
  ]
  return `${which.join(', ')} (${what.join(' ')})`
}
