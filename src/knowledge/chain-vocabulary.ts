/** Whether a chain pattern speaks in the words of the vocabularies: with others it would match nothing, and say so to nobody. */
import { faultVocabulary } from './faults.js'
import { didYouMean, nearest } from './nearest.js'
import { vocabulary } from './policies.js'

/** What of a chain pattern is words. */
interface Worded {
  trigger: { kinds: string[]; fault: string }
  requires: { guard: string }[]
  controls: string[]
  protocols?: string[] | undefined
  title: string
  mechanism: string
  propagation: string
  sustainedBy: string | null
  experiment: string
}

export interface WordFault {
  at: PropertyKey[]
  message: string
}

export function faultsOfWords(pattern: Worded): WordFault[] {
  const { patterns, kinds } = vocabulary()
  const guards = [
    ...pattern.requires.map(({ guard }, index) => ({ at: ['requires', index, 'guard'], word: guard })),
    ...pattern.controls.map((word, index) => ({ at: ['controls', index], word })),
  ]
  const protocols = Object.values(kinds).flatMap((kind) => kind.protocols)
  return [
    ...guards.flatMap(({ at, word }) =>
      unknown(at, word, 'pattern', Object.keys(patterns), '`rules list --patterns` shows all'),
    ),
    ...unknown(
      ['trigger', 'fault'],
      pattern.trigger.fault,
      'fault',
      Object.keys(faultVocabulary().faults),
      `there are ${Object.keys(faultVocabulary().faults).join(', ')}`,
    ),
    ...pattern.trigger.kinds.flatMap((kind, index) =>
      mistypedKind(['trigger', 'kinds', index], kind, Object.keys(kinds)),
    ),
    ...(pattern.protocols ?? []).flatMap((protocol, index) =>
      unknown(['protocols', index], protocol, 'protocol', protocols, `there are ${protocols.join(', ')}`),
    ),
    ...faultsOfTexts(pattern),
  ]
}

function unknown(at: PropertyKey[], word: string, what: string, known: string[], all: string): WordFault[] {
  if (known.includes(word)) return []
  return [{ at, message: `"${word}" is no ${what}${didYouMean(word, known) || `; ${all}`}` }]
}

/** A team may declare components of kinds of its own: only what looks like a slip is one. */
function mistypedKind(at: PropertyKey[], kind: string, known: string[]): WordFault[] {
  const near = known.includes(kind) ? null : nearest(kind, known)
  return near === null ? [] : [{ at, message: `"${kind}" is no kind of component; did you mean "${near}"?` }]
}

const NAMES = ['trigger', 'caller', 'entry']
const STEP_NAMES = ['from', 'to']

function faultsOfTexts(pattern: Worded): WordFault[] {
  const texts: [keyof Worded, string[]][] = [
    ['title', NAMES],
    ['sustainedBy', NAMES],
    ['experiment', NAMES],
    ['mechanism', STEP_NAMES],
    ['propagation', STEP_NAMES],
  ]
  return texts.flatMap(([field, names]) =>
    [...String(pattern[field] ?? '').matchAll(/\{(\w+)\}/g)]
      .filter(([, name]) => !names.includes(name!))
      .map(([whole]) => ({
        at: [field],
        message: `${whole} is no name here; there are ${names.map((name) => `{${name}}`).join(', ')}`,
      })),
  )
}
