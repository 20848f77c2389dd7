/** Cron expressions of five fields: on which days, and at which minutes of them. */

export interface CronTimes {
  /** Of a day, given as its midnight as if the clock on the wall were UTC. */
  isOn(day: Date): boolean
  /** After midnight, rising. */
  minutes: number[]
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const MACROS: Record<string, string> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
}
const ITEM = /^(?:(\*|\?)|([a-z\d]+)(?:-([a-z\d]+))?)(?:\/(\d+))?$/

/** Null for what is none, and for extensions of single tools such as seconds, `L` and `#`. */
export function parseCron(text: string): CronTimes | null {
  const written = text.trim().toLowerCase()
  const fields = (Object.hasOwn(MACROS, written) ? MACROS[written]! : written).split(/\s+/)
  const [minutes, hours, days, months, weekdays] = [
    valuesOf(fields[0], 0, 59, []),
    valuesOf(fields[1], 0, 23, []),
    valuesOf(fields[2], 1, 31, []),
    valuesOf(fields[3], 1, 12, MONTHS),
    valuesOf(fields[4], 0, 7, DAYS),
  ]
  if (fields.length !== 5 || !minutes || !hours || !days || !months || !weekdays) return null
  if (weekdays.has(7)) weekdays.add(0)
  const [anyDay, anyWeekday] = [fields[2]!, fields[4]!].map((field) => /^[*?]/.test(field))
  return {
    isOn: (day) => {
      if (!months.has(day.getUTCMonth() + 1)) return false
      const [byDay, byWeekday] = [days.has(day.getUTCDate()), weekdays.has(day.getUTCDay())]
      // Cron takes either where both are restricted.
      return anyDay || anyWeekday ? byDay && byWeekday : byDay || byWeekday
    },
    minutes: [...hours]
      .flatMap((hour) => [...minutes].map((minute) => hour * 60 + minute))
      .sort((a, b) => a - b),
  }
}

function valuesOf(
  field: string | undefined,
  least: number,
  most: number,
  names: string[],
): Set<number> | null {
  const values = new Set<number>()
  for (const item of (field ?? '').split(',')) {
    const match = ITEM.exec(item)
    if (!match) return null
    const [, any, first, last, step] = match
    const from = any ? least : numberOf(first!, names, least)
    const to = any
      ? Math.min(most, names === DAYS ? 6 : most)
      : last === undefined
        ? step
          ? most
          : from
        : numberOf(last, names, least)
    const by = Number(step ?? 1)
    if (!(from >= least && to <= most && from <= to && by >= 1)) return null
    for (let value = from; value <= to; value += by) values.add(value)
  }
  return values
}

/** NaN for what is neither a number nor a name; names of months begin at 1, those of days at 0. */
function numberOf(word: string, names: string[], least: number): number {
  const name = names.indexOf(word)
  if (name >= 0) return name + least
  return /^\d+$/.test(word) ? Number(word) : NaN
}
