/** Commands that do more or less than their step says: all that a selector matches instead of one, or nothing. */
import { experimentActions } from '../../knowledge/experiment-actions.js'
import { futileCommands, type FutileCommand } from '../../knowledge/manifests/futile-commands.js'
import { readLine } from '../../rules/subjects/shell.js'
import { isUnscoped } from '../../rules/subjects/unscoped-commands.js'
import type { Claim } from '../claim.js'
import { shellCommands, type Command } from '../shell-commands.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'

export function checkCommands(survey: Survey): Claim[] {
  return shellCommands(survey).flatMap(
    (command) => futileClaim(command) ?? unscopedClaim(command, survey) ?? [],
  )
}

/** `# Kill one pod`, and a command that selects pods by a label. */
function unscopedClaim(command: Command, { words }: Survey): Claim | null {
  const { unscoped } = experimentActions()
  const { comment, text } = command
  if (comment === null || words.has('universal', comment) || words.has('identity', text)) return null
  const kinds = unscoped.flatMap(({ objects }) => objects).join('|')
  const saysOne = new RegExp(
    String.raw`^(?:\d+\.\s*)?(?:(?!${words.either('narrowing')}\s)[\p{L}-]+\s+){0,2}${words.either('single')}\s+(?:[\p{L}-]+\s+)?(?:${kinds})(?![\p{L}])`,
    'iu',
  )
  if (!saysOne.test(comment) || !isUnscoped(text, unscoped)) return null
  const selector = selectorIn(text, new Set(unscoped.flatMap(({ flags }) => flags)))
  const isCut = readLine(text).steps.some(
    ({ piped, text: step }) => piped.length > 0 && /^(head|tail)\b/.test(step),
  )
  return claim('command', command, {
    stated: comment,
    recomputed: 'all that the selector matches',
    verdict: 'contradicted',
    arithmetic: `it acts on everything that ${selector} matches${isCut ? '; the pipe shortens what is printed, not what is done' : ''}`,
  })
}

/** `-l app=cart`, `--selector=app=cart`, `--all`. */
function selectorIn(text: string, flags: Set<string>): string {
  const tokens = text.split(/\s+/)
  const at = tokens.findIndex((token) => flags.has(token.split('=', 1)[0]!))
  const value = tokens[at + 1]
  if (at < 0) return 'its selector'
  return tokens[at]!.includes('=') || value === undefined || !value.includes('=')
    ? tokens[at]!
    : `${tokens[at]} ${value}`
}

function futileClaim(command: Command): Claim | null {
  const says = futileCommands().find((known) => isFutile(command.text, known))?.says
  return says === undefined
    ? null
    : claim('command', command, {
        stated: command.comment ?? command.text,
        recomputed: 'nothing',
        verdict: 'contradicted',
        arithmetic: says,
      })
}

/** Not a patch, a path, a variable or a flag. */
const NAME_WITH_PATTERN = /^(?:[a-z.]+\/)?[a-z0-9][a-z0-9.*-]*$/

/** A name among the operands holds a pattern; what follows `--` is run by something else. */
function isFutile(text: string, { commands, verbs, valueFlags, pattern }: FutileCommand): boolean {
  return readLine(text).steps.some((step) => {
    const words = step.text.split(/\s+/)
    const own = words.slice(0, words.includes('--') ? words.indexOf('--') : words.length)
    const verb = commands.includes(own[0]!) ? own.findIndex((word) => verbs.includes(word)) : -1
    if (verb < 0) return false
    return own.some(
      (word, index) =>
        index > verb &&
        word.includes(pattern) &&
        NAME_WITH_PATTERN.test(word) &&
        !valueFlags.includes(own[index - 1]!),
    )
  })
}
