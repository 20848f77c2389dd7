/** Requests gathered into one sample per service and second. */
import type { ServiceSamples } from '../../../facts/experiment.js'
import { formatInstant } from '../../../facts/instants.js'
import { compareText } from '../../../facts/source.js'
import type { Point } from './point.js'

/** Seconds over all services and both metrics: a day of one service, or some hours of a few. */
const MAX_SECONDS = 200_000
/** Services that one test calls; more are a crawl. */
const MAX_HOSTS = 50
const MAX_NAMES = 20

/** Requests of one second, with the last instant of each kind: what was really seen then. */
interface Second {
  ok: number
  failed: number
  lastOk: number
  lastFailed: number
}

type Metric = Point['metric']

export class SampleSeries {
  readonly #hosts = new Map<string, Record<Metric, Map<number, Second>>>()
  readonly #names = new Set<string>()
  #seconds = 0
  #tolerance = 0
  #tooMany = 0
  #undecided = 0

  constructor(private readonly runTags: string[]) {}

  tolerate(share: number): void {
    this.#tolerance = share
  }

  add(point: Point): void {
    this.#nameRun(point.tags)
    if (point.ok === null) {
      if (point.metric === 'http_reqs') this.#undecided += 1
      return
    }
    const second = this.#secondOf(point)
    if (second === null) this.#tooMany += 1
    else if (point.ok) {
      second.ok += 1
      second.lastOk = Math.max(second.lastOk, point.at)
    } else {
      second.failed += 1
      second.lastFailed = Math.max(second.lastFailed, point.at)
    }
  }

  /** Sorted by service. The metric of failures says what the test expected, so it wins where it was written. */
  facts(path: string): ServiceSamples[] {
    return [...this.#hosts]
      .sort(([a], [b]) => compareText(a, b))
      .map(([host, { http_req_failed: failed, http_reqs: all }]) => ({
        fact: 'service-samples' as const,
        source: { path, line: 1, column: 1, endLine: 1 },
        format: 'k6',
        target: host === '' ? null : host.replace(/:\d+$/, ''),
        takenFor: [...this.#names].sort(),
        samples: this.#samplesOf(failed.size > 0 ? failed : all),
      }))
      .filter(({ samples }) => samples.length > 0)
  }

  leftOut(): string[] {
    return [
      ...(this.#tooMany > 0
        ? [`${this.#tooMany} requests left out: of more than ${MAX_HOSTS} hosts or ${MAX_SECONDS} seconds`]
        : []),
      ...(this.#undecided > 0 && this.#allUndecided()
        ? [`${this.#undecided} requests not judged: no line tells what the test expected`]
        : []),
    ]
  }

  /** A request that one metric leaves open the other usually decides. */
  #allUndecided(): boolean {
    return [...this.#hosts.values()].every(({ http_req_failed: failed }) => failed.size === 0)
  }

  #samplesOf(seconds: Map<number, Second>): ServiceSamples['samples'] {
    return [...seconds]
      .sort(([a], [b]) => a - b)
      .map(([, { ok, failed, lastOk, lastFailed }]) => {
        const isGood = failed === 0 || failed / (ok + failed) < this.#tolerance
        return { at: formatInstant(isGood ? Math.max(lastOk, lastFailed) : lastFailed), ok: isGood }
      })
  }

  #secondOf({ host, metric, at }: Point): Second | null {
    const seconds = this.#hostOf(host ?? '')?.[metric]
    const key = Math.floor(at / 1000)
    const known = seconds?.get(key)
    if (known || !seconds || this.#seconds >= MAX_SECONDS) return known ?? null
    const second = { ok: 0, failed: 0, lastOk: 0, lastFailed: 0 }
    seconds.set(key, second)
    this.#seconds += 1
    return second
  }

  #hostOf(host: string): Record<Metric, Map<number, Second>> | null {
    const known = this.#hosts.get(host)
    if (known || this.#hosts.size >= MAX_HOSTS) return known ?? null
    const fresh = { http_req_failed: new Map<number, Second>(), http_reqs: new Map<number, Second>() }
    this.#hosts.set(host, fresh)
    return fresh
  }

  #nameRun(tags: Record<string, unknown>): void {
    for (const tag of this.runTags) {
      const name = tags[tag]
      if (typeof name === 'string' && name.trim() !== '' && this.#names.size < MAX_NAMES)
        this.#names.add(name.trim())
    }
  }
}
