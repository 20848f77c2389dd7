/** Runs whose record is marked with the id of a definition: they are runs of that, whatever the record calls itself. */
import type { Experiment, Run } from '../facts/experiment.js'
import { compareText } from '../facts/source.js'
import { experimentActions } from '../knowledge/experiment-actions.js'

/** What an id with a digit and a letter means is no coincidence; a word such as `redis` may stand for anything. */
const DISTINCTIVE = /^(?=.*\p{L})(?=.*\p{N})/u

interface Mention {
  id: string
  by: 'tag' | 'title'
}

/**
 * A run that names a definition itself, by id or title, is left as it is. Else the ids count that stand among its tags or as
 * a word of their own in its title; where that are two, it is of neither.
 */
export function withNamedExperiments(runs: Run[], experiments: Experiment[]): Run[] {
  const named = new Set(experiments.flatMap(({ id, title }) => [id, title]))
  const ids = [...new Set(experiments.map(({ id }) => id))].sort(compareText)
  return runs.map((run) => {
    if (run.experiment !== null && named.has(run.experiment)) return run
    const mentions = ids.flatMap((id) => mentionsOf(id, run))
    const mentioned = [...new Set(mentions.map(({ id }) => id))]
    const [only] = mentioned
    if (only === undefined) return run
    const own = run.experiment === null ? '' : `its record calls it "${run.experiment}"; `
    if (mentioned.length > 1)
      return {
        ...run,
        experimentReason: `${own}it names ${mentioned.join(' and ')}, so it counts for neither`,
      }
    const places = [...new Set(mentions.map(({ by }) => `its ${by}`))]
    const reason = `${own}${places.join(' and ')} ${places.length === 1 ? 'names' : 'name'} ${only}`
    return { ...run, experiment: only, experimentReason: reason }
  })
}

function mentionsOf(id: string, { tags = [], experiment: title }: Run): Mention[] {
  const isDistinctive = DISTINCTIVE.test(id)
  const byTag = tags.some((tag) => isTagOf(tag, id, isDistinctive))
  const byTitle = isDistinctive && title !== null && wordOf(id).test(title)
  return [...(byTag ? [{ id, by: 'tag' as const }] : []), ...(byTitle ? [{ id, by: 'title' as const }] : [])]
}

/** `EXP-003`, or `KEY:EXP-003` and `KEY=EXP-003`; an id that is a mere word only under a key for experiments. */
function isTagOf(tag: string, id: string, isDistinctive: boolean): boolean {
  const [, key, value] = /^([^:=]+)[:=](.+)$/.exec(tag) ?? []
  if (isDistinctive && isSame(tag, id)) return true
  if (key === undefined || value === undefined || !isSame(value, id)) return false
  return isDistinctive || experimentActions().experimentLabels.includes(key.trim().toLowerCase())
}

function isSame(text: string, id: string): boolean {
  return text.trim().toLowerCase() === id.toLowerCase()
}

/** `EXP-003` is no word of `EXP-0031`, nor of `EXP-003-b`. */
function wordOf(id: string): RegExp {
  const literal = id.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(`(?<![\\p{L}\\p{N}_.-])${literal}(?![\\p{L}\\p{N}_]|[-.][\\p{L}\\p{N}])`, 'iu')
}
