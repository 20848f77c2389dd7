/** Bytes into text, also of UTF-8 that some program took for a code page of one byte per character and saved again. */

/** What windows-1252 has in place of control characters, 0x80 to 0x9f. Some versions of Node decode it as Latin-1. */
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
const CODE_PAGES = ['windows-1252', 'macintosh']
const NOT_ASCII = /[^\0-\x7f]+/g

/** Null for what is no text. */
export function decodeText(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (bytes.includes(0)) return null
  return repairText(decodeBytes(bytes))
}

function decodeBytes(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return Array.from(bytes, (code) =>
      code < 0x80 ? String.fromCharCode(code) : characterOf(code, 'windows-1252'),
    ).join('')
  }
}

function characterOf(code: number, page: string): string {
  if (page === 'windows-1252') return code < 0xa0 ? WINDOWS[code - 0x80]! : String.fromCharCode(code)
  return new TextDecoder(page).decode(Uint8Array.of(code))
}

/** Each run of other characters that reads as UTF-8 in one of the code pages is what was meant. */
export function repairText(text: string): string {
  return text.replace(NOT_ASCII, (run) => {
    if (run.length < 2) return run
    for (const page of CODE_PAGES) {
      const meant = meantBy(run, page)
      if (meant !== null) return meant
    }
    return run
  })
}

function meantBy(run: string, page: string): string | null {
  const bytes = new Uint8Array(run.length)
  const codes = codesOf(page)
  for (let index = 0; index < run.length; index++) {
    const code = codes.get(run[index]!)
    if (code === undefined) return null
    bytes[index] = code
  }
  if (!LEADS.has(bytes[0]!)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** First bytes of the Latin letters, signs, pictures and Chinese of reports: others only arise by chance, as of `“é`. */
const LEADS = new Set([0xc2, 0xc3, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xef, 0xf0])

const tables = new Map<string, Map<string, number>>()

/** Which byte each character of a code page is. */
function codesOf(page: string): Map<string, number> {
  const known = tables.get(page)
  if (known) return known
  const table = new Map<string, number>()
  for (let code = 0x80; code < 0x100; code++) table.set(characterOf(code, page), code)
  tables.set(page, table)
  return table
}
