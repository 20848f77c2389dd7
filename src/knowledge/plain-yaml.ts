/**
 * YAML as plain values, without places: several times faster than the parser that knows them. Whatever the two could read
 * differently is left to the exact parser, so that the values are the same (held by a differential test).
 */
import { CORE_SCHEMA, loadAll, type LoadOptions } from 'js-yaml'

/** Anchors, aliases, merge keys, tags, marked complex keys and keys that are nothing. */
const RARE_SYNTAX =
  /(?:^|: |- |[[{,])[ \t]*(?:[&*!](?![\s=&])|\?\s|['"]?<<['"]?\s*:|(?:~|null|Null|NULL)\s*:(?:\s|$))/m
/** Collections as keys; also templates, which stand in many texts. */
const COLLECTION_AS_KEY = /\{\s*[{[]/
/** A value in quotes up to the end of its line holds no syntax. */
const QUOTED = /(?<=: |- )(?:'(?:[^'\n]|'')*'|"(?:[^"\\\n]|\\.)*")[ \t]*$/gm
/** A key whose value follows as a block, up to its column. */
const BLOCK = /^( *(?:- +)*)[\w.$/-]+: +[|>][-+\d]* *$/
/** `1_000` and `0b1` are numbers in YAML 1.1 only. */
const OLD_NUMBERS = /(^|[\s[{,:])[-+]?(\d[\d.]*_|0b)/m

/**
 * The value of every document, null for an empty one; null when the exact parser has to read the text. A listener is told
 * where each value begins and ends, and has to refuse keys that are collections.
 */
export function plainDocuments(text: string, listener?: LoadOptions['listener']): unknown[] | null {
  try {
    const unquoted = text.replace(QUOTED, '')
    if (isRare(unquoted) && isRare(withoutBlocks(unquoted))) return null
    if (!listener && COLLECTION_AS_KEY.test(unquoted)) return null
    return loadAll(text, null, { schema: CORE_SCHEMA, ...(listener && { listener }) })
  } catch {
    return null
  }
}

function isRare(text: string): boolean {
  return RARE_SYNTAX.test(text) || OLD_NUMBERS.test(text)
}

/** Without the lines of block scalars, which hold no syntax: those deeper than the key before the mark. */
function withoutBlocks(text: string): string {
  let depth = Infinity
  const kept = text.split('\n').filter((line) => {
    if (line.trim() === '') return true
    if (line.search(/[^ ]/) > depth) return false
    depth = BLOCK.exec(line)?.[1]!.length ?? Infinity
    return true
  })
  return kept.join('\n')
}

/** The values of any text, where it does not matter how the exact parser reads rare syntax; null for broken text. */
export function looseDocuments(text: string): unknown[] | null {
  try {
    return loadAll(text, null, { schema: CORE_SCHEMA, json: true })
  } catch {
    return null
  }
}

/** The same of a text in which no key stands twice; null for any other. */
export function strictDocuments(text: string): unknown[] | null {
  try {
    return loadAll(text, null, { schema: CORE_SCHEMA })
  } catch {
    return null
  }
}
