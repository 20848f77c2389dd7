/** Selectors that look after the series of others, found by the names that they ask for instead of asking each. */
import type { Matcher, Selector } from '../../facts/alert.js'
import { listAt } from '../../facts/grouped.js'

export class Watchers {
  /** By each label and value that they ask for exactly. */
  readonly #naming = new Map<string, Selector[]>()
  /** By label: those that ask for no exact value of it. */
  readonly #notNaming = new Map<string, Selector[]>()

  constructor(readonly all: Selector[]) {
    for (const selector of all)
      for (const matcher of selector.matchers.filter(isExact))
        listAt(this.#naming, keyOf(matcher)).push(selector)
  }

  /** All but those that ask for another value of the label than these. */
  of(label: string, values: string[]): Selector[] {
    const naming = values.flatMap((value) => this.#naming.get(keyOf({ label, value })) ?? [])
    return [...new Set([...this.#without(label), ...naming])]
  }

  #without(label: string): Selector[] {
    const known = this.#notNaming.get(label)
    if (known) return known
    const selectors = this.all.filter(
      ({ matchers }) => !matchers.some((matcher) => isExact(matcher) && matcher.label === label),
    )
    this.#notNaming.set(label, selectors)
    return selectors
  }
}

function isExact({ operator }: Matcher): boolean {
  return operator === '='
}

function keyOf({ label, value }: Pick<Matcher, 'label' | 'value'>): string {
  return `${label}=${value}`
}
