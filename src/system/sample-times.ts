/** A series of samples by time, parsed once: what a run asks for is found by halving, and costs what its window holds. */
import type { ServiceSamples } from '../facts/experiment.js'
import type { Sample } from '../recovery/sampled-recovery.js'

export class SampleTimes {
  readonly #samples: Sample[]
  #widest: number | null = null

  constructor(readonly facts: ServiceSamples) {
    this.#samples = facts.samples.map(({ at, ok }) => {
      const instant = Date.parse(at)
      return { start: instant, end: instant, ok }
    })
    if (!isRising(this.#samples)) this.#samples.sort((a, b) => a.start - b.start)
  }

  /** Instants of the first and of the last sample; null of an empty series. */
  get first(): number | null {
    return this.#samples[0]?.start ?? null
  }

  get last(): number | null {
    return this.#samples.at(-1)?.start ?? null
  }

  /** The last few before an instant. */
  before(instant: number, most: number): Sample[] {
    const end = this.#indexOf(instant)
    return this.#samples.slice(Math.max(0, end - most), end)
  }

  /** From one instant up to another, which is left out. */
  between(from: number, to: number): Sample[] {
    return this.#samples.slice(this.#indexOf(from), this.#indexOf(to))
  }

  /** The widest gap between two samples in a row. */
  get widestStep(): number {
    this.#widest ??= this.#samples.reduce(
      (widest, { start }, index) =>
        index === 0 ? 0 : Math.max(widest, start - this.#samples[index - 1]!.start),
      0,
    )
    return this.#widest
  }

  /** Of the first sample at an instant or after it. */
  #indexOf(instant: number): number {
    let [low, high] = [0, this.#samples.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#samples[middle]!.start < instant) low = middle + 1
      else high = middle
    }
    return low
  }
}

function isRising(samples: Sample[]): boolean {
  return samples.every(({ start }, index) => index === 0 || samples[index - 1]!.start <= start)
}
