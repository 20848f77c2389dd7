/** What tried a chain, what plans to, and what is only about the same component. */
import type { Chain } from '../result.js'
import { shorten } from './clean.js'
import { groupBy } from './lists.js'
import { idRanges, words, type Names, type Reference } from './names.js'

type Related = Chain['related'][number]

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

/** Not recorded, recorded but not shown to be active, and recorded as not injected are three things. */
const SHOWN = { 'not-injected': 'not injected', 'not-shown': 'not shown to be active' }

function nameOf(fault: string | null, shown: Related['shown']): string {
  if (fault !== null) return words(fault)
  return shown === 'not-injected' ? 'fault not injected' : 'fault not recorded'
}

function viewRelated({ fault, shown, part, experiments, runs }: Related, names: Names): string {
  const short = (ids: string[], reference: (id: string) => Reference | null): string[] =>
    ids.map((id) => reference(id)?.id ?? id)
  const what = [nameOf(fault, shown), ...(part === null ? [] : [`of ${part} only`])].join(' ')
  const said = fault === null || shown === 'not-stated' ? [] : [SHOWN[shown]]
  const which = [
    ...short(experiments, names.experiment),
    ...(runs.length > 0 ? [idRanges(short(runs, names.run))] : []),
  ]
  return `${which.join(', ')} (${[what, ...said].join(', ')})`
}
