/** Journals of Chaos Toolkit as they pile up over a year: the sample's, each at its own time, of one of 40 services, with its own answers. */
import { readFileSync } from 'node:fs'

const SAMPLE = 'samples/lomash-wood/chaos/journals/2026-10-22-auth-pod-kill.json'
const SERVICES = 40
const MINUTES_BETWEEN = 50
const INSTANT = /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}\+00:00/g
const SECOND = 1000

interface Journal {
  status: string
  deviated: boolean
  steady_states: { before: SteadyState; during: SteadyState[]; after: SteadyState }
  run: { output: unknown }[]
}

interface SteadyState {
  steady_state_met: boolean
  probes: { output: { status: number; body: unknown }; duration: number; tolerance_met: boolean }[]
}

const sample = readFileSync(SAMPLE, 'utf8')

/** The same journal for the same number. Of about so many characters: what the probes were answered fills them. */
export function journalOf(number: number, characters: number): string {
  const journal = JSON.parse(relabelled(number)) as Journal
  const states = journal.steady_states
  const evaluations = [states.before, ...states.during, states.after]
  const perAnswer = Math.max(0, characters - sample.length) / evaluations.length
  for (const [index, state] of evaluations.entries()) {
    const [probe] = state.probes
    probe!.duration = 0.01 + draw(number, index) / 10
    probe!.output.body = index % 3 < 2 ? podsOf(number, index, perAnswer) : pageOf(number, index, perAnswer)
  }
  fail(journal, number)
  return JSON.stringify(journal, null, 1)
}

/** At its own time, of its own service. */
function relabelled(number: number): string {
  return sample
    .replaceAll('auth-service', `service-${number % SERVICES}`)
    .replace(INSTANT, (instant) => earlier(instant, number * MINUTES_BETWEEN * 60))
}

/** Written as Python writes times, to the microsecond. */
function earlier(instant: string, seconds: number): string {
  const wholeSeconds = new Date(Date.parse(instant) - seconds * SECOND).toISOString().slice(0, 19)
  return wholeSeconds + instant.slice(19)
}

/** Some out of tolerance for a while, some to the end, some cut off, some whose action named nothing that it acted on. */
function fail(journal: Journal, number: number): void {
  const { during, after } = journal.steady_states
  const first = 3 + Math.floor(3 * draw(number, 101))
  const last = number % 11 === 0 ? during.length : first + Math.floor(8 * draw(number, 102))
  const bad = number % 7 === 0 || number % 11 === 0 ? during.slice(first, last) : []
  for (const state of number % 11 === 0 ? [...bad, after] : bad) {
    state.steady_state_met = false
    Object.assign(state.probes[0]!, { tolerance_met: false })
    state.probes[0]!.output.status = 503
    journal.deviated = true
    journal.status = 'failed'
  }
  if (number % 13 === 0) journal.status = 'interrupted'
  if (number % 29 === 0) journal.run[0]!.output = []
}

/** An answer of many short values. */
function podsOf(number: number, index: number, characters: number): object[] {
  return Array.from({ length: Math.ceil(characters / 245) }, (_, pod) => ({
    name: `service-${number % SERVICES}-${hex(number, index + pod)}`,
    ready: draw(number, pod) > 0.1,
    restarts: Math.floor(5 * draw(index, pod)),
    memory: Math.round(1e9 * draw(number + index, pod)) / 1000,
    labels: { app: `service-${number % SERVICES}`, 'pod-template-hash': hex(number, pod) },
  }))
}

/** An answer of one long text. */
function pageOf(number: number, index: number, characters: number): string {
  const row = (line: number): string =>
    `<tr class="row"><td>${hex(number, line)}</td><td>${hex(index, line)}</td></tr>\n`
  return Array.from({ length: Math.ceil(characters / 63) }, (_, line) => row(line)).join('')
}

function hex(number: number, index: number): string {
  return Math.floor(0xffffffff * draw(number, index))
    .toString(16)
    .padStart(8, '0')
}

/** From 0 to 1, the same for the same numbers. */
function draw(number: number, index: number): number {
  const mixed = Math.sin(12.9898 * (number + 1) + 78.233 * (index + 1)) * 43758.5453
  return mixed - Math.floor(mixed)
}
