/**
 * YAML as plain values, without places: several times faster than the parser that knows them. Whatever the two could read
 * differently is left to the exact parser, so that the values are the same (held by a differential test).
 */
import { CORE_SCHEMA, loadAll, type LoadOptions } from 'js-yaml'

/** Anchors, aliases, merge keys, tags, complex keys and keys that are nothing. */
const RARE_SYNTAX =
  /(?:^|: |- |[[{,])[ \t]*(?:[&*!](?![\s=&])|\?\s|['"]?<<['"]?\s*:|(?:~|null|Null|NULL)\s*:(?:\s|$)|\{\s*[{[])/m
/** A value in quotes up to the end of its line holds no syntax. */
const QUOTED = /(?<=: |- )(?:'(?:[^'\n]|'')*'|"(?:[^"\\\n]|\\.)*")[ \t]*$/gm
/** `1_000` and `0b1` are numbers in YAML 1.1 only. */
const OLD_NUMBERS = /(^|[\s[{,:])[-+]?(\d[\d.]*_|0b)/m

/**
 * The value of every document, null for an empty one; null when the exact parser has to read the text. A listener is told
 * where each value begins and ends.
 */
export function plainDocuments(text: string, listener?: LoadOptions['listener']): unknown[] | null {
  try {
    const unquoted = text.replace(QUOTED, '')
    if (RARE_SYNTAX.test(unquoted) || OLD_NUMBERS.test(unquoted)) return null
    return loadAll(text, null, { schema: CORE_SCHEMA, ...(listener && { listener }) })
  } catch {
    return null
  }
}

/** The values of any text, where it does not matter how the exact parser reads rare syntax; null for broken text. */
export function looseDocuments(text: string): unknown[] | null {
  try {
    return loadAll(text, null, { schema: CORE_SCHEMA, json: true })
  } catch {
    return null
  }
}
