/** Commands that do more or less than their step says: all that a selector matches instead of one, or nothing. */
import { experimentActions } from '../../knowledge/experiment-actions.js'
import { isUnscoped } from '../../rules/subjects/unscoped-commands.js'
import type { Claim } from '../claim.js'
import { around, type TextLine } from '../document.js'
import { claim } from '../say.js'
import type { Survey } from '../survey.js'

interface Command {
  line: number
  text: string
  /** The comment right above it. */
  comment: string | null
  section: TextLine['section']
}

const SELECTOR = /(?:^|\s)(-l|--selector|--all|--field-selector)(?:[\s=]?([^\s|;&]+))?/
const TRIMS = /\|\s*(?:head|tail)\b/

export function checkCommands({ document, words }: Survey): Claim[] {
  const { unscoped } = experimentActions()
  return commandsIn(document.lines).flatMap((command) => {
    const futile = words.futileCommands.find(({ pattern }) => pattern.test(command.text))
    if (futile) return [futileClaim(command, futile.says)]
    const said = [command.comment, ...around(command.section).map(({ title }) => title)]
    const stated = said.find((text) => text !== null && words.has('one', text))
    if (stated === undefined || stated === null || !isUnscoped(command.text, unscoped)) return []
    const selector = SELECTOR.exec(command.text)?.[0].trim()
    const trimmed = TRIMS.test(command.text)
    return [
      claim('command', command, {
        stated,
        recomputed: 'all that the selector matches',
        verdict: 'contradicted',
        arithmetic: `it acts on everything that ${selector ?? 'it selects'} matches${trimmed ? '; the pipe shortens what is printed, not what is done' : ''}`,
      }),
    ]
  })
}

function futileClaim(command: Command, says: string): Claim {
  return claim('command', command, {
    stated: command.comment ?? command.text,
    recomputed: 'nothing',
    verdict: 'contradicted',
    arithmetic: says,
  })
}

/** Of code blocks, lines that go on with a backslash joined. */
function commandsIn(lines: TextLine[]): Command[] {
  const commands: Command[] = []
  let comment: string | null = null
  let open: Command | null = null
  let block = -1
  for (const { line, text, block: own, isCode, section } of lines) {
    if (own !== block) [comment, open, block] = [null, null, own]
    if (!isCode) continue
    const written = text.trim()
    if (open) open.text += ` ${written.replace(/\\$/, '').trim()}`
    else if (written.startsWith('#')) comment = written.replace(/^#+\s*/, '')
    else commands.push({ line, text: written.replace(/\\$/, '').trim(), comment, section })
    if (!written.startsWith('#')) comment = null
    open = written.endsWith('\\') ? (open ?? commands.at(-1)!) : null
  }
  return commands
}
