/** How much of the time a route tells nobody. */
import type { AlertRouting, Extent, RoutingNode } from '../../facts/routing.js'

/** Of an interval that is not there nothing is known. */
export function silenceOf(
  { mutedIn, activeIn }: Pick<RoutingNode, 'mutedIn' | 'activeIn'>,
  { timeIntervals }: Pick<AlertRouting, 'timeIntervals'>,
): Extent {
  const extentOf = (name: string): Extent =>
    Object.hasOwn(timeIntervals, name) ? timeIntervals[name]! : 'at times'
  const [muted, active] = [mutedIn.map(extentOf), activeIn.map(extentOf)]
  const isNeverActive = active.length > 0 && active.every((extent) => extent === 'never')
  if (muted.includes('always') || isNeverActive) return 'always'
  const isAlwaysActive = active.length === 0 || active.includes('always')
  return isAlwaysActive && muted.every((extent) => extent === 'never') ? 'never' : 'at times'
}
