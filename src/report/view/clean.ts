/** Text of strangers made safe to look at: characters that hide or reorder other text become visible. */

/** Control characters, zero-width characters and direction overrides: `⟨U+202E⟩` instead of a swapped file name. */
const HIDDEN = /(?![\t\n\r])\p{Cc}|[\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu

/** Printable ASCII and line ends. */
export const PLAIN = /^[\t\n\r -~]*$/

/** With every string made visible, copied only where that changes something; keys are left alone. */
export function clean<T>(value: T): T
export function clean(value: unknown): unknown {
  if (typeof value === 'string') return showHidden(value)
  if (typeof value !== 'object' || value === null) return value
  let copy: Record<string, unknown> | unknown[] | undefined
  const parts = value as Record<string, unknown>
  for (const key of Object.keys(parts)) {
    const part = clean(parts[key])
    if (part === parts[key]) continue
    copy ??= Array.isArray(value) ? [...(value as unknown[])] : { ...parts }
    ;(copy as Record<string, unknown>)[key] = part
  }
  return copy ?? value
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
