/** Whether a heading, a row and a name mean the same thing. */

/** Lower-case words without ordinals and plurals: `Scenario 1: Latency Injection` and `latency_injection` share them. */
export function nameWords(text: string): string[] {
  return text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/\([^)]*\)/g, ' ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => (word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : word))
}

/** The title without what only numbers it: `Scenario 1:`, `EXP-001 —`, `2.`. */
function bareTitle(title: string): string {
  return title.replace(/^\s*(?:[\p{L}]+[\s-]?)?\d+(?:\.\d+)*\s*(?:[:.)—–-]|\s)\s*/u, '')
}

/** For each name the place of its one best title; null where none or several fit equally. */
export function match(names: string[], titles: string[]): (number | null)[] {
  const wanted = names.map(nameWords)
  const offered = titles.map((title) => nameWords(bareTitle(title)))
  const taken = new Set<number>()
  const result: (number | null)[] = names.map(() => null)
  for (const fits of [equal, startsWith, holdsAll]) {
    wanted.forEach((words, index) => {
      if (result[index] !== null || words.length === 0) return
      const places = offered.flatMap((title, place) =>
        !taken.has(place) && fits(title, words) ? [place] : [],
      )
      if (places.length !== 1) return
      result[index] = places[0]!
      taken.add(places[0]!)
    })
  }
  return result
}

function equal(title: string[], words: string[]): boolean {
  return title.length === words.length && startsWith(title, words)
}

function startsWith(title: string[], words: string[]): boolean {
  return words.every((word, index) => title[index] === word)
}

function holdsAll(title: string[], words: string[]): boolean {
  return words.every((word) => title.includes(word))
}
