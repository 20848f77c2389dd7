/** The longest that a call can take, by its timeout and how often it is tried: `2 s, 2 retries: at most 6 s`. */
import type { Claim } from '../claim.js'
import { showAs, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import type { Sentence } from '../sentences.js'
import { triesIn } from '../tries.js'
import type { Survey } from '../survey.js'

export function checkRetryTime(survey: Survey): Claim[] {
  const sentences = survey.sentences
  const paragraphs = new Map<number, Sentence[]>()
  for (const sentence of sentences)
    paragraphs.set(sentence.paragraph, [...(paragraphs.get(sentence.paragraph) ?? []), sentence])
  return [...paragraphs.values()].flatMap((own) => {
    const text = own.map((one) => one.text).join(' ')
    const times = survey.reader.in(text).filter(({ dimension }) => dimension === 'time')
    const tries = new Set(own.flatMap((one) => triesIn(one, survey)).map(({ value }) => value))
    const [timeout, most, more] = times
    const [count] = tries
    // A wait between the tries, or a second timeout, adds what is not computed here.
    if (
      !timeout ||
      !most ||
      more ||
      tries.size !== 1 ||
      survey.words.has('waiting', text) ||
      !isTimeout(text, timeout, survey) ||
      !isMost(text, most, survey)
    )
      return []
    const expected = timeout.low * count!
    const holds = [expected, timeout.low * (count! - 1)].some(
      (one) => Math.abs(one - most.low) <= most.step / 2,
    )
    const at = own.find((one) => one.text.includes(most.text))!
    return [
      claim('load', at, {
        stated: most.text,
        recomputed: showAs(expected, 'time'),
        verdict: holds ? 'consistent' : 'contradicted',
        arithmetic: `${count} tries of ${timeout.text} are ${showAs(expected, 'time')}${holds ? '' : `, not ${most.text}`}`,
      }),
    ]
  })
}

function isTimeout(text: string, { index, end, low, high, bound }: Quantity, { words }: Survey): boolean {
  const near = `${text.slice(Math.max(0, index - 24), index)} ${text.slice(end, end + 12)}`
  return low === high && bound === null && words.has('timeout', near) && !words.has('otherTimeouts', near)
}

function isMost(text: string, { index, low, high, isAbout }: Quantity, { words }: Survey): boolean {
  return (
    low === high &&
    !isAbout &&
    new RegExp(String.raw`(?<!\p{L})${words.either('atMost')}\s$`, 'iu').test(text.slice(0, index))
  )
}
