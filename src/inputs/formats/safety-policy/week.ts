/** Days and times of day as people write them. */

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const GROUPS: Record<string, number[]> = {
  daily: [0, 1, 2, 3, 4, 5, 6],
  weekdays: [1, 2, 3, 4, 5],
  weekends: [0, 6],
}
const TIME = /^([01]?\d|2[0-4]):([0-5]\d)$/
const MINUTES_PER_DAY = 1440

/** `mon`, `Monday`, `mon-fri`, `fri-mon`, `daily`, `weekdays`, `weekends`; 0 for Sunday. Null for anything else. */
export function daysOf(text: string): number[] | null {
  const words = text.trim().toLowerCase()
  const group = Object.hasOwn(GROUPS, words) ? GROUPS[words] : undefined
  if (group) return group
  const [first, last, ...rest] = words.split('-').map((word) => dayOf(word.trim()))
  if (first === undefined || first < 0 || rest.length > 0) return null
  if (last === undefined) return [first]
  if (last < 0) return null
  const length = ((last - first + 7) % 7) + 1
  return Array.from({ length }, (_, index) => (first + index) % 7)
}

/** Minutes after midnight of `08:00`, up to `24:00`; null for anything else. */
export function minutesOf(text: string): number | null {
  const match = TIME.exec(text.trim())
  if (!match) return null
  const minutes = Number(match[1]) * 60 + Number(match[2])
  return minutes <= MINUTES_PER_DAY ? minutes : null
}

const FULL = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

/** -1 for no day. */
function dayOf(word: string): number {
  return Math.max(DAYS.indexOf(word), FULL.indexOf(word))
}
