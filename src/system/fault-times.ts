/** The faults of all runs by time, parsed once: those near a run are found by halving. */
import type { Timed } from './samples-of-run.js'

interface Span {
  run: Timed
  /** Instants between which it may have lasted; of one without a recorded end, between which it may have begun. */
  from: number
  to: number
}

export class FaultTimes {
  readonly #spans: Span[]
  /** The latest end of each span and those that begin before it, so that the search for overlaps can stop. */
  readonly #latestEnds: number[] = []
  readonly #unended: Span[]

  constructor(runs: Timed[]) {
    this.#spans = runs.map(spanOf).sort((a, b) => a.from - b.from)
    for (const { to } of this.#spans) this.#latestEnds.push(Math.max(to, this.#latestEnds.at(-1) ?? to))
    this.#unended = this.#spans.filter(({ run }) => run.faultEnd === null)
  }

  /** Others that may have been there at the same time. */
  overlapping(run: Timed): Timed[] {
    const { from, to } = spanOf(run)
    const found: Timed[] = []
    for (let index = this.#firstAfter(to) - 1; index >= 0 && this.#latestEnds[index]! >= from; index--) {
      const other = this.#spans[index]!
      if (other.to >= from && other.run !== run) found.push(other.run)
    }
    return found.reverse()
  }

  /** When the first fault began that surely came after this one began, of those that may count; Infinity without one. */
  nextAfter(run: Timed, counts: (other: Timed) => boolean): number {
    const own = Date.parse(run.faultStart.latest)
    for (let index = this.#firstAfter(own); index < this.#spans.length; index++) {
      const other = this.#spans[index]!
      if (counts(other.run)) return other.from
    }
    return Infinity
  }

  /** The first of those that had begun before, and of which no end was recorded, that may count. */
  lastingBefore(run: Timed, counts: (other: Timed) => boolean): Timed | null {
    const start = Date.parse(run.faultStart.earliest)
    for (const other of this.#unended) {
      if (other.from >= start) break
      if (other.to < start && counts(other.run)) return other.run
    }
    return null
  }

  /** Of the first span that begins after an instant. */
  #firstAfter(instant: number): number {
    let [low, high] = [0, this.#spans.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#spans[middle]!.from <= instant) low = middle + 1
      else high = middle
    }
    return low
  }
}

function spanOf(run: Timed): Span {
  const { faultStart, faultEnd } = run
  return { run, from: Date.parse(faultStart.earliest), to: Date.parse((faultEnd ?? faultStart).latest) }
}
