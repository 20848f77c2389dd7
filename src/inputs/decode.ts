/** Bytes of a file as text: UTF-8 or marked UTF-16, with a note on what could not be decoded. */

export interface Decoded {
  /** Null for a binary file. */
  text: string | null
  /** Why the text is not exactly what the file holds. */
  flaw: string | null
}

export function decode(bytes: Buffer): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: new TextDecoder('utf-16le').decode(bytes), flaw: null }
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return { text: new TextDecoder('utf-16be').decode(bytes), flaw: null }
  if (bytes.includes(0)) return { text: null, flaw: null }
  const text = new TextDecoder('utf-8').decode(bytes)
  const invalid = text.includes('\uFFFD') ? firstInvalidByte(bytes, text) : null
  return {
    text,
    flaw: invalid === null ? null : `not valid UTF-8: read with replacement characters at byte ${invalid}`,
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
