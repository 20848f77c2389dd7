/** Which facts of a library hold for the versions that may be installed. */
import { intersects, subset } from 'semver'
import type { GuardDefault, GuardFacts } from './guards.js'

/** What holds by default: one default, several when the version decides between them, or null outside of what was checked. */
export function defaultsFor(
  facts: GuardFacts,
  checked: string,
  versions: string | null,
): GuardDefault[] | null {
  if (versions !== null && !holdsFor(checked, versions, 'all')) return null
  const possible: GuardDefault[] = []
  for (const entry of facts.defaults) {
    if (holdsFor(entry.versions, versions, 'some')) possible.push(entry)
    if (holdsFor(entry.versions, versions, 'all')) break
  }
  const distinct = new Map(possible.map((entry) => [`${entry.state} ${entry.value} ${entry.unit}`, entry]))
  return distinct.size === 0 ? null : [...distinct.values()]
}

/** Whether a range of a library file holds for all, or for some, of the versions that may be installed; null: any may be. */
export function holdsFor(range: string, versions: string | null, amount: 'all' | 'some'): boolean {
  if (range === '*') return true
  const key = `${amount} ${range} ${versions}`
  let held = known.get(key)
  if (held === undefined) {
    held = amount === 'all' ? subset(versions ?? '*', range) : intersects(versions ?? '*', range)
    known.set(key, held)
  }
  return held
}

/** Comparing ranges is slow, and the same few are compared for every call. */
const known = new Map<string, boolean>()
