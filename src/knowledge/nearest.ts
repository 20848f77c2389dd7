/** Which known name a mistyped one was probably meant to be. */

/** One slip in three letters, at least one: with more it is another word. */
const LETTERS_PER_SLIP = 3
/** Longer names are no slips of the hand. */
const MAX_LENGTH = 100

/** Null when none is near. Of equally near ones the first. */
export function nearest(name: string, known: Iterable<string>): string | null {
  let best: { name: string; slips: number } | null = null
  if (name.length > MAX_LENGTH) return null
  for (const candidate of known) {
    const slips = slipsBetween(name.toLowerCase(), candidate.toLowerCase().slice(0, MAX_LENGTH + 1))
    const allowed = Math.max(1, Math.floor(Math.min(name.length, candidate.length) / LETTERS_PER_SLIP))
    if (slips <= allowed && slips < (best?.slips ?? Infinity)) best = { name: candidate, slips }
  }
  return best?.name ?? null
}

/** Parts of names that are shorter are other words when they differ (`api` and `app`), as are numbers (`redis-0`, `redis-1`). */
const SHORTEST_SLIP = 4
const PARTS = /[^A-Za-z0-9]+/

/** Whether of two different names one is by all appearance the other, mistyped: `carts` and `cart`, `cart-service` and `cartservice`. */
export function isSlipOf(name: string, meant: string): boolean {
  const [parts, others] = [name, meant].map((one) => one.toLowerCase().split(PARTS)) as [string[], string[]]
  if (parts.length !== others.length) return parts.join('') === others.join('')
  return parts.every((part, index) => {
    const other = others[index]!
    // Hardly anybody mistypes the first letter, and `reader` is not `leader`.
    const isWord = Math.min(part.length, other.length) >= SHORTEST_SLIP && !/\d/.test(part + other)
    return part === other || (isWord && part[0] === other[0] && nearest(part, [other]) !== null)
  })
}

/** `; did you mean "cart"?`, or nothing. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const near = nearest(name, known)
  return near === null ? '' : `; did you mean "${near}"?`
}

/** Letters left out, added, mistaken or exchanged with their neighbours (optimal string alignment). */
function slipsBetween(a: string, b: string): number {
  let [beforeLast, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const mistaken = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      const exchanged =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? beforeLast[j - 2]! + 1 : Infinity
      row.push(Math.min(last[j]! + 1, row[j - 1]! + 1, mistaken, exchanged))
    }
    ;[beforeLast, last] = [last, row]
  }
  return last[b.length]!
}
