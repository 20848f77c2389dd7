/** What everything of a kind is said to have, by the very labels under which the sections write it. */
import type { Claim } from '../claim.js'
import { isWithin, type Section } from '../document.js'
import { labelsIn, nameOf } from '../labels.js'
import { nameWords } from '../matching.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import { isFuture, type Survey } from '../survey.js'

const LEAST_PARTS = 3
const LEAST_SECTIONS = 3
const MOST_SECTIONS = 200

export function checkNamedParts(survey: Survey): Claim[] {
  return survey.sentences.flatMap((sentence) => {
    const parts = partsDemanded(sentence, survey)
    return parts.length < LEAST_PARTS ? [] : lacking(sentence, parts, survey)
  })
}

/** `Every experiment has a hypothesis, an abort condition and an owner.` */
function partsDemanded(sentence: Sentence, { words }: Survey): string[] {
  const { text } = sentence
  if (
    words.find('universal', text)?.index !== 0 ||
    words.has('exceptions', text) ||
    isFuture(sentence, words)
  )
    return []
  const has = new RegExp(String.raw`^\p{L}+(?:\s\p{L}+){1,3}?\s${words.either('has')}\s`, 'iu').exec(text)
  if (!has) return []
  const article = new RegExp(String.raw`^(?:${words.either('aPart')}\s+)+`, 'iu')
  return text
    .slice(has[0].length)
    .replace(/[.:;(].*$/u, '')
    .split(new RegExp(String.raw`,\s*|\s${words.either('joining')}\s`, 'iu'))
    .map((part) => part.trim().replace(article, ''))
    .filter((part) => part !== '' && part.split(/\s+/).length <= 3)
}

interface Described {
  section: Section
  labels: string[]
  text: string
}

function lacking(sentence: Sentence, parts: string[], { document }: Survey): Claim[] {
  const wanted = parts.map((part) => ({ part, key: nameWords(part).join(' ') }))
  const headings = document.sections.filter(({ level }) => level >= 1 && level <= 6)
  const described = headings.map((section): Described => ({
    section,
    labels: labelsIn(section, document).map((label) => nameWords(label).join(' ')),
    text: document.lines
      .filter((line) => isWithin(line.section, section))
      .map(({ text }) => text)
      .join('\n'),
  }))
  const own = described.filter(
    ({ section, labels }) =>
      wanted.filter(({ key }) => labels.includes(key)).length >= LEAST_PARTS - 1 &&
      !headings.some((other) => other !== section && isWithin(other, section)),
  )
  const parents = new Set(own.map(({ section }) => section.parent))
  if (own.length < LEAST_SECTIONS || own.length > MOST_SECTIONS || parents.size > 1) return []
  return wanted.flatMap(({ part, key }) => {
    const without = own.filter(({ labels }) => !labels.includes(key))
    const [only] = without
    const stem = nameWords(part)[0]!
    // A word of it may be the part itself, under another label.
    if (without.length !== 1 || nameWords(only!.text).includes(stem)) return []
    return [
      claim('completeness', sentence, {
        stated: `${part}: all`,
        recomputed: `${own.length - 1} of ${own.length}`,
        verdict: 'contradicted',
        arithmetic: `${nameOf(only!.section.title)} (line ${only!.section.line}) does not mention it; the other ${own.length - 1} have a part of that name`,
      }),
    ]
  })
}
