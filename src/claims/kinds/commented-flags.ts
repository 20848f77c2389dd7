/** The number that a comment names against the flag of the command below it: `# the last 200 lines`, `--tail=200`. */
import type { Claim } from '../claim.js'
import { countOf, showAs, type Quantity } from '../quantities.js'
import { claim } from '../say.js'
import { shellCommands } from '../shell-commands.js'
import type { Survey } from '../survey.js'

/** `--replicas=3`, `--tail 200`, `--timeout=5m`. */
const FLAG = /(?<=\s)--?([a-z][a-z-]*)[= ]["']?(\d+(?:\.\d+)?[a-z]{0,2})["']?(?=\s|$)/gi

/** `netem loss 2%`, `delay 250ms`. */
const FAULT = /(?<=\s)([a-z]+)\s(\d+(?:\.\d+)?(?:%|ms|s))(?=\s|$)/gi

export function checkCommentedFlags(survey: Survey): Claim[] {
  const { words, reader } = survey
  return shellCommands(survey).flatMap((command) => {
    const { comment, text } = command
    if (comment === null || text.includes(' -- ')) return []
    const flags = [...text.matchAll(FLAG), ...text.matchAll(FAULT)].flatMap(([written, name, value]) =>
      words.flagNoun(name!) ? [{ written, name: name!, value: value! }] : [],
    )
    const [flag] = flags
    const written = flag && reader.only(flag.value)
    const said = flag && written ? saidOf(comment, flag.name, written, survey) : null
    if (flags.length !== 1 || !said || !written) return []
    const holds = said.low === written.low
    return [
      claim('command', command, {
        stated: said.text,
        recomputed: flag.value,
        verdict: holds ? 'consistent' : 'contradicted',
        arithmetic: `the comment says “${comment}”, the command ${flag.written}${said.dimension === 'time' ? ` (${showAs(written.low, 'time')})` : ''}`,
      }),
    ]
  })
}

/** The only number of a comment, right before what the flag counts, or after the word for where it goes to. */
function saidOf(
  comment: string,
  flag: string,
  written: Quantity,
  { reader, words }: Survey,
): Quantity | null {
  const numbers = reader.in(
    comment.replace(/^(?:\d+[.):]|\p{L}+ \d+:)\s*/u, (label) => ' '.repeat(label.length)),
  )
  const [number] = numbers
  if (numbers.length !== 1 || !number || number.dimension !== written.dimension || number.low !== number.high)
    return null
  if (number.isAbout || number.bound !== null || (number.dimension === 'number' && countOf(number) === null))
    return null
  const [before, after] = [comment.slice(0, number.index), comment.slice(number.end)]
  const noun = words.flagNoun(flag)!
  const isCounted =
    number.dimension === 'percent'
      ? noun.find(comment)
      : number.dimension === 'time'
        ? noun.find(before)
        : noun.find(after.split(/\s+/).slice(0, 3).join(' '))
  const isGoal =
    new RegExp(String.raw`\s${words.either('changeTo')}\s$`, 'iu').test(before) &&
    words.has('scaling', comment)
  return isCounted !== null || isGoal ? number : null
}
