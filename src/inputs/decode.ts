/** Bytes of a file as text: UTF-8 or UTF-16, with a note on what could not be decoded. */

export interface Decoded {
  /** Null for a binary file. */
  text: string | null
  /** Why the text is not exactly what the file holds. */
  flaw: string | null
}

const NUL = '\0'

export function decode(bytes: Buffer): Decoded {
  const wide = wideEncoding(bytes)
  if (wide) return decodeWide(bytes, wide)
  if (bytes.includes(0)) return { text: null, flaw: null }
  const text = new TextDecoder('utf-8').decode(bytes)
  const invalid = text.includes('\uFFFD') ? firstInvalidByte(bytes, text) : null
  return {
    text,
    flaw: invalid === null ? null : `not valid UTF-8: read with replacement characters at byte ${invalid}`,
  }
}

/** By its mark, else as YAML and JSON deduce it: their first character is ASCII, so one of the first two bytes is 0. */
function wideEncoding([first, second]: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (first === undefined || second === undefined) return null
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le'
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be'
  return null
}

function decodeWide(bytes: Buffer, encoding: 'utf-16le' | 'utf-16be'): Decoded {
  const text = new TextDecoder(encoding).decode(bytes)
  if (text.includes(NUL)) return { text: null, flaw: null }
  const isMarked = bytes[0] === 0xff || bytes[0] === 0xfe
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return { text, flaw: null }
  } catch {
    return isMarked
      ? { text, flaw: 'not valid UTF-16: read with replacement characters' }
      : { text: null, flaw: null }
  }
}

/** The first byte that changes when the text is encoded again; null when the file itself holds the replacement character. */
function firstInvalidByte(bytes: Buffer, text: string): number | null {
  const markLength = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  const content = bytes.subarray(markLength)
  const again = Buffer.from(text, 'utf8')
  if (content.equals(again)) return null
  const offset = content.findIndex((byte, index) => byte !== again[index])
  return markLength + (offset === -1 ? content.length : offset)
}
