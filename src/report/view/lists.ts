/** Grouping, counting and cutting of lists, with a fixed order. */
import { compareText } from '../../facts/source.js'

export interface Group<T> {
  key: string
  items: T[]
}

/** Items by key, the groups in the order of their first item. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Group<T>[] {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return [...groups].map(([key, members]) => ({ key, items: members }))
}

/** Groups from the largest to the smallest, equal ones by key. */
export function largestFirst<T>(groups: Group<T>[]): Group<T>[] {
  return [...groups].sort((a, b) => b.items.length - a.items.length || compareText(a.key, b.key))
}

/** How many items have each of the words, in the order of the words. */
export function tally<Word extends string>(
  words: readonly Word[],
  items: readonly Word[],
): { word: Word; count: number }[] {
  return words.map((word) => ({ word, count: items.filter((item) => item === word).length }))
}

/** The first `limit` items and how many were left out. */
export function cut<T>(items: readonly T[], limit: number): { shown: T[]; more: number } {
  return { shown: items.slice(0, limit), more: Math.max(0, items.length - limit) }
}
