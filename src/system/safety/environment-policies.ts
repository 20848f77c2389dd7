/** Which policies hold in an environment, and whether experiments may be made there at all. */
import type { SafetyPolicy } from '../../facts/safety-policy.js'
import { compareText, formatSource } from '../../facts/source.js'
import { environmentKey } from '../environments.js'
import { type Safeguard, safeguard } from './safeguard.js'

/** Written for every environment that no policy names. */
const ANY_OTHER = '*'

export function policiesFor(environment: string | null, policies: SafetyPolicy[]): SafetyPolicy[] {
  if (environment === null) return []
  const named = policies.filter(
    (policy) => environmentKey(policy.environment) === environmentKey(environment),
  )
  return named.length > 0 ? named : policies.filter((policy) => policy.environment === ANY_OTHER)
}

/** Whether experiments may be made in an environment at all; of one that no policy speaks of this is not known. */
export function permittedThere(
  environment: string | null,
  own: SafetyPolicy[],
  policies: SafetyPolicy[],
): Safeguard {
  // Where nothing is forbidden anywhere, nothing is kept by being elsewhere.
  const isAsked = environment !== null && policies.some(({ forbidden }) => forbidden)
  if (environment === null || policies.length === 0) return safeguard(isAsked)
  const named = [...new Set(policies.map((policy) => policy.environment))].sort(compareText)
  const forbidding = own.find(({ forbidden }) => forbidden)
  return {
    ...safeguard(isAsked),
    open: own.length === 0 ? [`whether ${environment} is one of ${named.join(', ')}`] : [],
    breaches: forbidding
      ? [`experiments in ${environment} are forbidden (${formatSource(forbidding.source)})`]
      : [],
  }
}
