/** What doubled, halved or tripled, against both its figures: `doubled from 200 ms to 300 ms`. */
import type { Claim } from '../claim.js'
import { show, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import type { Survey } from '../survey.js'
import { figuresOf, isPlain } from './figures.js'

/** Such words are rough. */
const ROUGH = 0.25
const NEAR = 30

export function checkMultiples(survey: Survey): Claim[] {
  return survey.sentences.flatMap((sentence) => judge(sentence, survey))
}

function judge(sentence: Sentence, survey: Survey): Claim[] {
  const { text } = sentence
  const { words } = survey
  if ((['supposed', 'negation', 'comparison', 'about'] as const).some((list) => words.has(list, text)))
    return []
  const from = new RegExp(String.raw`(?<!\p{L})${words.either('changeFrom')}\s(?:\p{L}{1,5}\s)?$`, 'iu')
  const to = new RegExp(String.raw`^\s${words.either('changeTo')}\s(?:\p{L}{1,5}\s)?$`, 'iu')
  const figures = figuresOf(sentence, survey)
  return figures.slice(1).flatMap((after, at) => {
    const before = figures[at]!
    const said = text.slice(Math.max(figures[at - 1]?.end ?? 0, before.index - NEAR), before.index)
    const factor =
      factorBefore(said, words) ?? words.multipleIn(saidBehind(text, after, words))?.factor ?? null
    if (factor === null || !from.test(said) || !to.test(text.slice(before.end, after.index))) return []
    if (!isPlain(before) || !isPlain(after) || before.low === 0) return []
    if (before.dimension !== after.dimension && before.dimension !== 'number') return []
    const first = before.dimension === after.dimension ? before.low : before.low * after.unit
    const value = after.low / first
    const holds = value >= factor * (1 - ROUGH) && value <= factor * (1 + ROUGH)
    return [
      claim('change', sentence, {
        stated: `${before.text} to ${after.text}`,
        recomputed: `${show(value)} times`,
        verdict: holds ? 'consistent' : 'contradicted',
        arithmetic: `${before.text} to ${after.text} is ${show(value)} times${holds ? '' : `, not ${show(factor)}`}`,
      }),
    ]
  })
}

/** `doubled from`, `halved the retries from`, `by half, from`; with more between them the figures are of another change. */
function factorBefore(said: string, words: Survey['words']): number | null {
  const found = words.multipleIn(said)
  if (found === null) return null
  const object = words.has('closeMultiples', found.word)
    ? ''
    : String.raw`(?:\s${words.either('articles')}\s\p{L}+)?`
  const behind = new RegExp(String.raw`^${object},?\s${words.either('changeFrom')}\s(?:\p{L}{1,5}\s)?$`, 'iu')
  return behind.test(said.slice(found.index + found.word.length)) ? found.factor : null
}

/** `from 10 min to 5 min, halving it`, not `…, halving the cost`. */
function saidBehind(text: string, { end }: Quantity, words: Survey['words']): string {
  const own = new RegExp(String.raw`^,\s(\p{L}+)(?:\s${words.either('pronouns')})?\s?(?:[.,;!)]|$)`, 'iu')
  return own.exec(text.slice(end))?.[1] ?? ''
}
