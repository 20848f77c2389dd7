/** What a step of a tool is for, and which fault it injects: told by what the tool calls it. */
import { experimentActions } from '../../knowledge/experiment-actions.js'
import { faultVocabulary, normaliseFault } from '../../knowledge/faults.js'
import { holdsAny } from '../../knowledge/phrases.js'

export type StepRole = 'waiting' | 'checking' | 'load' | 'injecting'

export function roleOf(name: string): StepRole {
  const words = experimentActions()
  if (holdsAny(name, words.waiting)) return 'waiting'
  if (holdsAny(name, words.checking)) return 'checking'
  return holdsAny(name, words.load) ? 'load' : 'injecting'
}

export function faultNamed(name: string): string | null {
  return normaliseFault(name, faultVocabulary())
}

/** Nothing has to be undone after it: what it hit comes back by itself. */
export function endsByItself(name: string): boolean {
  return holdsAny(name, experimentActions().endsByItself)
}

/** How long such a step takes is how long the tool waits for what the team wrote, not how long the fault lasts. */
export function isForeign(name: string): boolean {
  const { foreign, own } = experimentActions()
  return holdsAny(name, foreign) && !holdsAny(name, own)
}

/** The value of a label or tag that names what carries it, such as `app`; null when there is none. */
export function nameAmong(labels: Record<string, string>): string | null {
  return valueOf(experimentActions().targetLabels, labels)
}

/** The same of attributes by which a tool selects, such as `deployment`. */
export function selectedBy(attributes: Record<string, string>): string | null {
  return valueOf(experimentActions().targetArguments, attributes) ?? nameAmong(attributes)
}

function valueOf(keys: string[], labels: Record<string, string>): string | null {
  const given = new Map(Object.entries(labels).map(([key, value]) => [key.toLowerCase(), value]))
  for (const key of keys) {
    const value = given.get(key)
    if (value !== undefined && value.trim() !== '') return value.trim()
  }
  return null
}
