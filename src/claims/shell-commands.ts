/** The commands that a document shows, each with the comment that says what it is for. */
import { codeBlocks, type CodeBlock } from './code-blocks.js'
import { around } from './document.js'
import type { Survey } from './survey.js'

export interface Command {
  line: number
  text: string
  /** The comment right above it, or behind it. */
  comment: string | null
}

const SHELLS = ['', 'sh', 'bash', 'shell', 'zsh', 'console']
const LONGEST = 2000

/** Not those under a heading that shows them as they were, as examples or as they should not be; the title of the document is about what went wrong. */
export function shellCommands({ document, words }: Survey): Command[] {
  const shells = codeBlocks(document).filter(
    ({ language, section }) =>
      SHELLS.includes(language) &&
      !around(section).some(({ title, level }) => level > 1 && words.has('notMeant', title)),
  )
  return shells
    .flatMap(commandsIn)
    .filter(({ comment, text }) => text.length <= LONGEST && !(comment && words.has('notMeant', comment)))
}

/** Lines that go on with a backslash are joined. */
function commandsIn({ lines }: CodeBlock): Command[] {
  const commands: Command[] = []
  let comment: string | null = null
  let open: Command | null = null
  for (const { line, text } of lines) {
    const written = text.trim().replace(/^\$\s+/, '')
    if (!open && written.startsWith('#')) {
      comment = written.replace(/^#+\s*/, '')
      continue
    }
    const [command = '', behind = comment] = written.replace(/\\$/, '').split(/\s#\s/)
    if (open) open.text += ` ${command.trim()}`
    else commands.push({ line, text: command.trim(), comment: behind })
    comment = null
    open = written.endsWith('\\') ? (open ?? commands.at(-1)!) : null
  }
  return commands
}
