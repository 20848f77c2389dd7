/** The fault vocabulary: what the faults of all tools are called here. */
import { join } from 'node:path'
import * as z from 'zod'
import { compareText } from '../facts/source.js'
import { loadYaml } from './load.js'
import { BUILT_IN_RULES } from './rule-files.js'
import { toWords } from './phrases.js'

const faultsSchema = z.strictObject({
  sharedGround: z.array(z.string().min(1)),
  faults: z.record(
    z.string(),
    z.strictObject({
      title: z.string(),
      /** Kinds of component it can hit. */
      hits: z.array(z.string()),
      /** What tools and people call it. */
      names: z.array(z.string()),
    }),
  ),
})

export type Faults = z.infer<typeof faultsSchema>['faults']

export interface FaultVocabulary {
  faults: Faults
  /** Kinds of targets on which others stand. */
  sharedGround: string[]
  /** All names with their fault, longest first, as `toWords` writes them. */
  names: { words: string; fault: string }[]
  /** Texts that were asked for: runs of one experiment all say the same. */
  known: Map<string, string | null>
}

const MOST_KNOWN = 1000

let builtIn: FaultVocabulary | undefined

/** The vocabulary that comes with the tool, read once. */
export function faultVocabulary(): FaultVocabulary {
  builtIn ??= loadFaults()
  return builtIn
}

export function loadFaults(file = join(BUILT_IN_RULES, 'policies', 'faults.yaml')): FaultVocabulary {
  const { faults, sharedGround } = loadYaml(file, faultsSchema).value
  const names = Object.entries(faults)
    .flatMap(([fault, { names }]) => [fault, ...names].map((name) => ({ words: toWords(name), fault })))
    .sort((a, b) => b.words.length - a.words.length || compareText(a.words, b.words))
  return { faults, sharedGround, names, known: new Map() }
}

/** The fault whose longest name stands in the text word for word; null when none does. */
export function normaliseFault(text: string, vocabulary: FaultVocabulary): string | null {
  const { known, names } = vocabulary
  if (!known.has(text)) {
    if (known.size >= MOST_KNOWN) known.clear()
    const words = toWords(text)
    known.set(text, names.find((name) => words.includes(name.words))?.fault ?? null)
  }
  return known.get(text) ?? null
}
