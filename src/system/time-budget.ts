/** Whether what callees may need fits into what their callers wait. */
import { attemptsOf } from './amplification.js'
import type { Dependency } from './component.js'

/**
 * The smallest slack in seconds on a path that starts at the failing component: what a caller waits per call, less
 * attempts x timeout of the call below it. Back-off is left out, so the true slack is smaller. Negative: the caller
 * gives up first. Null when no two neighbouring calls have known timeouts.
 */
export function timeBudget(path: Dependency[]): number | null {
  const slacks = path.slice(1).flatMap((outer, index) => {
    const inner = path[index]!
    const [waits, needs, attempts] = [timeoutOf(outer), timeoutOf(inner), attemptsOf(inner)]
    return waits === null || needs === null || attempts === null ? [] : [waits - needs * attempts]
  })
  return slacks.length === 0 ? null : Math.min(...slacks)
}

function timeoutOf(dependency: Dependency): number | null {
  const guard =
    dependency.guards['http-timeout'] ??
    dependency.guards['statement-timeout'] ??
    dependency.guards['redis-timeout']
  return guard?.state === 'present' && guard.unit === 's' ? guard.value : null
}
