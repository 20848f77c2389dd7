/** Clocks of the world: what a clock on the wall shows at an instant, and when it shows a given time. Instants are milliseconds UTC. */

const DAY = 86_400_000
const clocks = new Map<string, Intl.DateTimeFormat>()

/** Whether it names a zone, such as `Europe/London` or `UTC`. */
export function isTimeZone(zone: string): boolean {
  try {
    clockOf(zone)
    return true
  } catch {
    return false
  }
}

/** What a clock of the zone shows, as if that were UTC. */
export function wallTime(instant: number, zone: string): number {
  if (zone === 'UTC') return instant
  const whole = Math.floor(instant / 1000) * 1000
  const parts = Object.fromEntries(
    clockOf(zone)
      .formatToParts(whole)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const { year, month, day, hour, minute, second } = parts as Record<string, number>
  return Date.UTC(year!, month! - 1, day, hour, minute, second) + (instant - whole)
}

/**
 * When a clock of the zone shows this time. `earliest` and `latest` differ where it is shown twice, an hour being repeated;
 * a time that is skipped counts as that much after the change.
 */
export function instantsAt(wall: number, zone: string): { earliest: number; latest: number } {
  const [before, after] = [offsetAt(wall - DAY, zone), offsetAt(wall + DAY, zone)]
  const shown = [wall - before, wall - after].filter((instant) => wallTime(instant, zone) === wall)
  const instants = shown.length > 0 ? shown : [wall - before]
  return { earliest: Math.min(...instants), latest: Math.max(...instants) }
}

function offsetAt(instant: number, zone: string): number {
  return wallTime(instant, zone) - instant
}

/** Throws for an unknown zone. Making one is slow, and few zones are asked for. */
function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone)
  if (known) return known
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  clocks.set(zone, clock)
  return clock
}
