/** A setting that prose names with a number, against the same setting in the code block of the same heading. */
import type { WordFinder } from '../../knowledge/word-finder.js'
import type { Claim } from '../claim.js'
import { codeBlocks } from '../code-blocks.js'
import type { Section } from '../document.js'
import { headingOf } from '../happenings.js'
import { showAs, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'
import { clauseAround } from './clauses.js'
import { figuresOf, isPlain } from './figures.js'

interface Setting {
  name: string
  value: Quantity
  line: number
}

const FIELD =
  /^\s*(?:-\s+)?["']?([A-Za-z][\w-]*)["']?\s*[:=]\s*["']?(\d+(?:\.\d+)?\s?[a-z]{0,2})["']?\s*,?\s*(?:#.*)?$/

export function checkSettings(survey: Survey): Claim[] {
  const settings = settingsByHeading(survey)
  return survey.sentences.flatMap((sentence) => {
    const own = settings.get(headingOf(sentence.section))
    return own ? judge(sentence, own, survey) : []
  })
}

/** Each name that a heading's blocks set once. */
function settingsByHeading(survey: Survey): Map<Section, Setting[]> {
  const { document, reader, words } = survey
  const byHeading = new Map<Section, Setting[]>()
  for (const { lines, section } of codeBlocks(document)) {
    const heading = headingOf(section)
    const found = lines.flatMap(({ text, line }) => {
      const field = FIELD.exec(text)
      const value = field && reader.only(field[2]!)
      return field && value && words.settingNoun(field[1]!) ? [{ name: field[1]!, value, line }] : []
    })
    byHeading.set(heading, [...(byHeading.get(heading) ?? []), ...found])
  }
  for (const [heading, all] of byHeading)
    byHeading.set(
      heading,
      all.filter(({ name }) => all.filter((one) => one.name === name).length === 1),
    )
  return byHeading
}

function judge(sentence: Sentence, settings: Setting[], survey: Survey): Claim[] {
  const { text, line } = sentence
  const { words } = survey
  const figures = figuresOf(sentence, survey)
  return settings.flatMap(({ name, value, line: at }) => {
    const noun = words.settingNoun(name)!
    const said = figures.filter(
      (one) => one.dimension === value.dimension && isPlain(one) && isNamed(text, one, noun),
    )
    const [only] = said
    // How long something lasted is no setting unless an alert is spoken of.
    if (name === 'for' && !(['page', 'fires', 'alert'] as const).some((list) => words.has(list, text)))
      return []
    if (said.length !== 1 || !only || isOther(clauseAround(text, only), text, words)) return []
    const holds = only.low === value.low
    // The sentence may speak of another of its figures.
    if (!holds && figures.some((one) => one.low === value.low && one.dimension === value.dimension)) return []
    return [
      claim(
        'setting',
        { line, text },
        {
          stated: only.text,
          recomputed: showAs(value.low, value.dimension),
          verdict: holds ? 'consistent' : 'contradicted',
          arithmetic: `line ${at} sets ${name} to ${value.text}${holds ? '' : `, not ${only.text}`}`,
        },
      ),
    ]
  })
}

/** `nine replicas`; `failed for ten minutes`, `a timeout of 5 s`. */
function isNamed(text: string, { dimension, index, end }: Quantity, noun: WordFinder): boolean {
  const [before, after] = [text.slice(0, index), text.slice(end)]
  if (dimension === 'number')
    return noun.all(after).some((place) => /^(?:\s\p{L}+)?\s$/u.test(after.slice(0, place.index)))
  return noun
    .all(before)
    .some((place) => /^(?:\s\p{L}{1,4}){0,2}\s$/u.test(before.slice(place.index + place.length)))
}

function isOther(clause: string, text: string, words: Survey['words']): boolean {
  return (
    (['elsewhere', 'future', 'setAside', 'negation'] as const).some((list) => words.has(list, clause)) ||
    words.has('formerly', text)
  )
}
