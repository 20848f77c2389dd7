/** Whole-word search for phrases in what tools and people write: `terminate_pods`, `Pod-Kill`, `docker stop api`. */

/** Lower case, words set apart by single spaces, one space around: `includes` then finds whole words only. */
export function toWords(text: string): string {
  const words = text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ')
  return ` ${words.trim()} `
}

/** Whether one of the phrases stands in the text word for word. */
export function holdsAny(text: string, phrases: string[]): boolean {
  const words = toWords(text)
  return phrases.some((phrase) => words.includes(toWords(phrase)))
}
