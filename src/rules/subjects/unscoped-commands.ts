/** Commands that act on more than one target: on all that a flag selects. */
import type { ExperimentActions } from '../../knowledge/experiment-actions.js'

type Shape = ExperimentActions['unscoped'][number]

/** A pipe into `head` trims what is printed, not what is deleted: each step of a pipeline is judged by itself. */
export function isUnscoped(command: string, shapes: Shape[]): boolean {
  return command.split(/[|;&\n]/).some((step) => shapes.some((shape) => fits(wordsOf(step), shape)))
}

function wordsOf(step: string): string[] {
  return step
    .split(/\s+/)
    .map((word) => word.replace(/^["'(]+|["')]+$/g, ''))
    .filter((word) => word !== '')
}

function fits(words: string[], { commands, verbs, objects, flags, harmless }: Shape): boolean {
  const command = words.findIndex((word) => commands.includes(word.split('/').at(-1)!))
  const verb = words.findIndex((word, index) => index > command && verbs.includes(word))
  if (command < 0 || verb < 0) return false
  const given = words.slice(command + 1)
  return (
    words.slice(verb + 1).some((word) => namesKind(word, objects)) &&
    given.some((word) => isFlag(word, flags)) &&
    !given.some((word) => isFlag(word, harmless))
  )
}

/** `pods`, `pods,services`, `deployments.apps`. */
function namesKind(word: string, objects: string[]): boolean {
  return word.split(',').some((kind) => objects.includes(kind.split('.', 1)[0]!))
}

/** `--selector app=cart`, `--selector=app=cart`, `-l app=cart`, `-lapp=cart`. */
function isFlag(word: string, flags: string[]): boolean {
  return flags.some((flag) => word === flag || word.startsWith(flag.startsWith('--') ? `${flag}=` : flag))
}
