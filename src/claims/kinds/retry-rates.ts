/** Calls that become several by being tried again: `300 a second became 1,500`, against how often each is tried. */
import type { Claim } from '../claim.js'
import { headingOf } from '../happenings.js'
import { show, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'
import { smallCountsIn, triesIn, type Tries } from '../tries.js'

export function checkRetryRates(survey: Survey): Claim[] {
  const sentences = survey.sentences
  return sentences.flatMap((sentence) => {
    const rates = ratesIn(sentence, survey)
    if (!rates) return []
    const near = sentences.filter(({ section }) => headingOf(section) === headingOf(sentence.section))
    const tries = near.flatMap((one) => (one === sentence ? [] : triesIn(one, survey)))
    const factors = near.flatMap((one) => (one === sentence ? [] : factorIn(one, survey)))
    const told = factors.length > 0 ? factors : tries
    const values = new Set(told.map(({ value }) => value))
    const [first] = told
    const factor = rates.to.low / rates.from.low
    if (!first || values.size !== 1 || factor < 1) return []
    const holds = Math.abs(factor - first.value) < 0.02 * first.value
    // Where the two parts are told together, the rate may be that of the tries beyond the first.
    if (!holds && survey.words.has('additional', sentence.text)) return []
    return [
      claim('load', sentence, {
        stated: rates.to.text,
        recomputed: show(rates.from.low * first.value),
        verdict: holds ? 'consistent' : 'contradicted',
        arithmetic: `${first.value} tries of each (line ${first.line}): ${rates.from.text} × ${first.value} = ${show(rates.from.low * first.value)}${holds ? '' : `, not ${rates.to.text}`}`,
      }),
    ]
  })
}

/** Two rates with the word for becoming between them, and no other number. */
function ratesIn({ text }: Sentence, { reader, words }: Survey): { from: Quantity; to: Quantity } | null {
  if (words.has('elsewhere', text)) return null
  const perTime = new RegExp(
    String.raw`(?:\s${words.either('each')}\s|/)(?:${words.unitNames.join('|')})(?!\p{L})`,
    'iu',
  )
  const numbers = reader
    .in(text)
    .filter(({ dimension, low, high, bound }) => dimension === 'number' && low === high && bound === null)
  const [from, to] = numbers
  if (
    reader.in(text).some(({ dimension }) => dimension === 'percent') ||
    numbers.length !== 2 ||
    !from ||
    !to ||
    from.low === 0
  )
    return null
  if (from.isAbout || to.isAbout || from.isUnsure !== to.isUnsure) return null
  const between = text.slice(from.end, to.index)
  return perTime.test(between) && words.has('becoming', between) ? { from, to } : null
}

/** `one request becomes up to 4 calls`. */
function factorIn({ text, line }: Sentence, { reader, words }: Survey): Tries[] {
  const becoming = words.find('becoming', text)
  const single = words.find('single', text)
  if (!becoming || !single || single.index > becoming.index) return []
  const after = smallCountsIn(text, { reader, words }).filter(({ index }) => index > becoming.index)
  const [count] = after
  return after.length === 1 && count!.value > 1 && count!.value <= 1000 ? [{ value: count!.value, line }] : []
}
