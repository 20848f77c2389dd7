/** Short names and anchors for what a document refers to: components, chains, runs. */
import { compareText } from '../../facts/source.js'
import { shorten } from './clean.js'
import type { Chain, Result } from '../result.js'

/** `pool-acquire-timeout` as people say it. */
export function words(name: string): string {
  return name.replaceAll('-', ' ')
}

export interface Reference {
  id: string
  anchor: string
  /** Empty where it only repeats the id. */
  title: string
}

/** A longer name is no help in a sentence; the component table has it whole. */
const NAME_LENGTH = 80
export const PRIORITIES = ['high', 'medium', 'low'] as const

export interface Names {
  /** The component's name, or the id when nobody named it. */
  component(id: string): string
  chain(id: string): Reference | null
  /** In the order of their numbers, whatever the order of the ids. */
  chainsOf(ids: readonly string[]): Reference[]
  run(id: string): Reference | null
  experiment(id: string): Reference | null
  /** Chains in the order of their numbers. */
  chains: { chain: Chain; reference: Reference }[]
}

export function nameThings(result: Result): Names {
  const components = new Map(result.system.components.map((component) => [component.id, component.name]))
  const chains = [...result.chains]
    .sort(byPriority)
    .map((chain, index) => ({ chain, reference: numbered('C', index, chain.title) }))
  const chainsById = new Map(chains.map(({ chain, reference }) => [chain.id, reference]))
  const runs = new Map(result.runs.map((run, index) => [run.id, numbered('R', index, run.id)]))
  const experiments = new Map(
    result.experiments.map(({ id, title }, index) => [id, ownNamed('e', index, id, title)]),
  )
  return {
    component: (id) => shorten(components.get(id) ?? id, NAME_LENGTH),
    chain: (id) => chainsById.get(id) ?? null,
    chainsOf: (ids) => chains.filter(({ chain }) => ids.includes(chain.id)).map(({ reference }) => reference),
    run: (id) => runs.get(id) ?? null,
    experiment: (id) => experiments.get(id) ?? null,
    chains,
  }
}

function byPriority(a: Chain, b: Chain): number {
  return PRIORITIES.indexOf(a.priority) - PRIORITIES.indexOf(b.priority) || compareText(a.id, b.id)
}

function numbered(letter: string, index: number, title: string): Reference {
  return { id: `${letter}${index + 1}`, anchor: `${letter.toLowerCase()}${index + 1}`, title }
}

/** By the id that its author gave it, which its file, its runs and its findings use too. */
function ownNamed(letter: string, index: number, id: string, title: string): Reference {
  return { id: shorten(id, NAME_LENGTH), anchor: `${letter}${index + 1}`, title: title === id ? '' : title }
}

/** `EXP-001 One pod is lost`; an experiment that only runs name has no more than its id. */
export function experimentLabel(id: string, names: Names): string {
  const named = names.experiment(id)
  return named === null ? id : `${named.id} ${named.title}`.trimEnd()
}

/** `F1, F2, F5–F9` of `F1`, `F2`, `F5`, `F6` …, in the order given. */
export function idRanges(ids: readonly string[]): string {
  return idSpans(ids)
    .map(({ first, last, length }) => (length === 1 ? first : `${first}${length === 2 ? ', ' : '–'}${last}`))
    .join(', ')
}

interface Span {
  first: string
  last: string
  length: number
}

export function idSpans(ids: readonly string[]): Span[] {
  const spans: Span[] = []
  for (const id of ids) {
    const span = spans.at(-1)
    if (span !== undefined && numberOf(id) === numberOf(span.last) + 1) {
      span.last = id
      span.length++
    } else spans.push({ first: id, last: id, length: 1 })
  }
  return spans
}

/** 12 of `F12`. */
export function numberOf(id: string): number {
  return Number(id.slice(1))
}
