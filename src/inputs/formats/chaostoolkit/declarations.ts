/** What teams write into tags and configuration, for want of fields: owner, environment, cadence. */
import { type Fields, textOf } from './values.js'

/** `NAME:value` or `NAME=value` among the tags, else a configuration value of that name. */
export function declared(name: string, tags: string[], configuration: Fields): string | null {
  for (const tag of tags) {
    const [key, ...rest] = tag.split(/[:=]/)
    if (key?.trim().toLowerCase() === name && rest.length > 0) return textOf(rest.join(':'))
  }
  return textOf(configuration[name])
}
