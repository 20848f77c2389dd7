/** Days and times of day, as Alertmanager wants them written. */
export const WEEK = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

const TIME = /^([01]\d|2[0-3]|24(?=:00)):([0-5]\d)$/

/** Of the day; null for what is no time such as 09:30. */
export function minuteOf(time: unknown): number | null {
  const found = typeof time === 'string' ? TIME.exec(time) : null
  return found && Number(found[1]) * 60 + Number(found[2])
}
