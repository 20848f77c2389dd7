/** Whole-word search for phrases in what tools and people write: `terminate_pods`, `Pod-Kill`, `docker stop api`. */

/** Lower case, words set apart by single spaces, one space around: `includes` then finds whole words only. */
export function toWords(text: string): string {
  const words = text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ')
  return ` ${words.trim()} `
}

/** Lists of the rules as `toWords` writes them: they are asked for again and again. */
const written = new WeakMap<string[], string[]>()

/** Whether one of the phrases stands in the text word for word. */
export function holdsAny(text: string, phrases: string[]): boolean {
  const words = toWords(text)
  return inWords(phrases).some((phrase) => words.includes(phrase))
}

function inWords(phrases: string[]): string[] {
  const known = written.get(phrases) ?? phrases.map(toWords)
  written.set(phrases, known)
  return known
}
