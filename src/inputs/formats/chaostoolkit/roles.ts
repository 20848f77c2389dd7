/** What each action of a run was for: told by its words, its place, and the rollbacks that the experiment declares. */
import type { ExperimentActions } from '../../../knowledge/experiment-actions.js'
import { faultVocabulary, normaliseFault } from '../../../knowledge/faults.js'
import { holdsAny } from '../../../knowledge/phrases.js'
import { type Activity, identityOf } from './activity.js'

export type Role = 'injecting' | 'restoring' | 'preparing' | 'waiting' | 'load'

/** Roles in order; null for probes. */
export function rolesOf(
  method: Activity[],
  rollbacks: Activity[],
  words: ExperimentActions,
): (Role | null)[] {
  const undoings = new Set(rollbacks.map(identityOf))
  let injected = false
  return method.map((activity) => {
    if (activity.kind === 'probe') return null
    const role =
      injected && undoings.has(identityOf(activity)) ? 'restoring' : roleOf(activity, injected, words)
    injected ||= role === 'injecting'
    return role
  })
}

/** Function or command first: they say what happens, the name only what was meant. */
export function faultOf(activity: Activity): string | null {
  const vocabulary = faultVocabulary()
  return (
    normaliseFault(activity.func ?? activity.command ?? '', vocabulary) ??
    normaliseFault(activity.name, vocabulary)
  )
}

export function describeActivity({ name, func, command }: Activity): string {
  return [name, func, command].filter((part) => part !== null).join(' ')
}

function roleOf(activity: Activity, injected: boolean, words: ExperimentActions): Role {
  const text = describeActivity(activity)
  if (holdsAny(text, words.waiting)) return 'waiting'
  if (injected && holdsAny(text, words.undoing)) return 'restoring'
  if (faultOf(activity) !== null) return 'injecting'
  if (injected && holdsAny(text, words.starting)) return 'restoring'
  if (holdsAny(text, words.load)) return 'load'
  return !injected && holdsAny(text, words.preparing) ? 'preparing' : 'injecting'
}
