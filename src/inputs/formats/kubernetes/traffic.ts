/** How the rules of proxies are written, whatever the kind. */
import type { Field } from '../../field.js'

/** Seconds of a timeout; 0 switches it off. */
export function boundOf(field: Field): number | null {
  const seconds = field.seconds()
  return seconds === 0 ? null : seconds
}
