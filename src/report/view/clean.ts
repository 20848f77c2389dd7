/** Text of strangers made safe to look at: characters that hide or reorder other text become visible. */

/** Control characters, zero-width characters and direction overrides: `⟨U+202E⟩` instead of a swapped file name. */
const HIDDEN = /(?![\t\n\r])\p{Cc}|[\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu

/** Printable ASCII and line ends. */
export const PLAIN = /^[\t\n\r -~]*$/

/** A copy with every string made visible; keys are left alone. */
export function clean<T>(value: T): T
export function clean(value: unknown): unknown {
  if (typeof value === 'string') return showHidden(value)
  if (Array.isArray(value)) return value.map((item: unknown) => clean(item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, clean<unknown>(item)]))
}

export function showHidden(text: string): string {
  // Nearly every text is plain, and a document has hundreds of thousands of them.
  if (PLAIN.test(text)) return text
  return text.replace(
    HIDDEN,
    (character) => `⟨U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  )
}

/** At most `length` characters, the end told by an ellipsis. */
export function shorten(text: string, length: number): string {
  const characters = [...text]
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`
}
