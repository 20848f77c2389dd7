/** Regular expressions of alert labels, matched in bounded time: a hostile one would keep JavaScript's own engine busy for ever. */

/** Positions in a text that a part of a pattern can end at, from the positions it may start at. */
type Part = (text: string, from: Set<number>) => Set<number>

const MAX_PATTERN = 500
/** Longest DNS name. */
const MAX_NAME = 253
const MAX_DEPTH = 8
/** Largest count that RE2 permits. */
const MAX_COUNT = 1000
/** Most names of objects are no patterns. */
const PLAIN = /^[\w-]{1,253}$/

/** Whether the pattern matches the whole of a name, as Prometheus anchors it; null for what is no pattern or none of sensible size. */
export function labelPattern(pattern: string): ((name: string) => boolean) | null {
  if (pattern.length > MAX_PATTERN) return null
  if (PLAIN.test(pattern)) return (name) => name === pattern
  const reader = { pattern, position: 0 }
  const part = alternatives(reader, 0)
  if (part === null || reader.position < pattern.length) return null
  return (name) => name.length <= MAX_NAME && part(name, new Set([0])).has(name.length)
}

interface Reader {
  pattern: string
  position: number
}

/** The text of a token at the reader's place, which moves behind it. */
function take(reader: Reader, token: RegExp): RegExpExecArray | null {
  token.lastIndex = reader.position
  const found = token.exec(reader.pattern)
  if (found) reader.position = token.lastIndex
  return found
}

function alternatives(reader: Reader, depth: number): Part | null {
  if (depth > MAX_DEPTH) return null
  const choices: Part[] = []
  do {
    const choice = sequence(reader, depth)
    if (choice === null) return null
    choices.push(choice)
  } while (take(reader, /\|/y))
  return (text, from) => new Set(choices.flatMap((choice) => [...choice(text, from)]))
}

function sequence(reader: Reader, depth: number): Part | null {
  const parts: Part[] = []
  while (reader.position < reader.pattern.length && !/[|)]/.test(reader.pattern[reader.position]!)) {
    const part = atom(reader, depth)
    const repeated = part && repetition(part, reader)
    if (!repeated) return null
    parts.push(repeated)
  }
  return (text, from) =>
    parts.reduce((reached, part) => (reached.size === 0 ? reached : part(text, reached)), from)
}

/** A group, an anchor, or one character of a class. Look-around and back-references do not exist in RE2. */
function atom(reader: Reader, depth: number): Part | null {
  if (take(reader, /\((?:\?:|\?P?<\w+>)?(?!\?)/y)) {
    const group = alternatives(reader, depth + 1)
    return take(reader, /\)/y) ? group : null
  }
  if (take(reader, /[\^$]/y)) return (_, from) => from
  const character = take(reader, /\[\^?\]?(?:\\.|[^\]\\[])*\]|\\[dDwWsS]|\\[^\w]|\.|[^\\[\](){}*+?|]/y)
  return character && oneOf(character[0])
}

function oneOf(character: string): Part | null {
  let accepts: RegExp
  try {
    accepts = new RegExp(`^${character}$`, 's')
  } catch {
    return null
  }
  return (text, from) =>
    new Set([...from].filter((at) => at < text.length && accepts.test(text[at]!)).map((at) => at + 1))
}

function repetition(part: Part, reader: Reader): Part | null {
  const found = take(reader, /(?:([*+?])|\{(\d+)(,(\d*))?\})\??/y)
  if (!found) return part
  const [, sign, least, open, most] = found
  const min = sign ? (sign === '+' ? 1 : 0) : Number(least)
  const max = sign ? (sign === '?' ? 1 : Infinity) : open ? (most ? Number(most) : Infinity) : min
  const isBounded = min <= MAX_COUNT && (max === Infinity || max <= MAX_COUNT)
  return isBounded && !take(reader, /[*+?{]/y) ? (text, from) => repeat(part, min, max, text, from) : null
}

/** Ends as soon as nothing new is reached, so that a count is never worth more steps than the text has places. */
function repeat(part: Part, min: number, max: number, text: string, from: Set<number>): Set<number> {
  let reached = from
  for (let count = 0; count < min && reached.size > 0; count++) {
    const next = part(text, reached)
    if (next.size === reached.size && [...next].every((at) => reached.has(at))) break
    reached = next
  }
  const all = new Set(reached)
  let fresh = [...reached]
  for (let count = min; count < max && fresh.length > 0; count++) {
    fresh = [...part(text, new Set(fresh))].filter((at) => !all.has(at))
    for (const at of fresh) all.add(at)
  }
  return all
}
