/** When alerts fired in runs, beside when they had to. */
import type { Result } from '../result.js'
import { duration } from './figures.js'
import { groupBy } from './lists.js'
import { experimentLabel, idRanges, type Names } from './names.js'

type AlertTime = Result['alertTimes'][number]

/** One row for each alert in the runs of each experiment; `among`: only of these runs. */
export function viewAlertTimes(
  { alertTimes, runs }: Pick<Result, 'alertTimes' | 'runs'>,
  names: Names,
  among?: ReadonlySet<string>,
) {
  const experimentOf = (id: string): string => runs.find((run) => run.id === id)?.experiment ?? ''
  const own = alertTimes.filter(({ run }) => !among || among.has(run))
  return groupBy(own, ({ alert, run }) => `${experimentOf(run)}\n${alert}`).map(({ items }) => {
    const { alert, run, predicted } = items[0]!
    const idsOf = (some: AlertTime[]): string[] => [
      ...new Set(some.map((one) => names.run(one.run)?.id ?? one.run)),
    ]
    const ids = (wanted: AlertTime['is']): string | null =>
      idRanges(idsOf(items.filter(({ is }) => is === wanted))) || null
    const measured = items.map((one) => one.measured)
    const [least, most] = [Math.min(...measured), Math.max(...measured)]
    return {
      alert,
      experiment: experimentOf(run) === '' ? null : experimentLabel(experimentOf(run), names),
      runs: idRanges(idsOf(items)),
      n: idsOf(items).length,
      measured: least === most ? duration(least) : `${duration(least)} to ${duration(most)}`,
      predicted: predicted && {
        earliest: duration(predicted.earliest),
        latest: duration(predicted.latest),
      },
      within: items.every(({ is }) => is === 'within'),
      earlier: ids('earlier'),
      later: ids('later'),
    }
  })
}
