/** The least version that a range allows. */
import { minVersion, validRange } from 'semver'

/** The packages of one system name the same ranges again and again. */
const known = new Map<string, string | null>()

/** Null when it is no range (`workspace:*`, a URL) or allows everything. */
export function leastVersion(range: string): string | null {
  let version = known.get(range)
  if (version === undefined) {
    version = range !== '*' && validRange(range) !== null ? (minVersion(range)?.version ?? null) : null
    known.set(range, version)
  }
  return version
}
