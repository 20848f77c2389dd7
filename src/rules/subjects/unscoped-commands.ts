/** Commands that act on more than one target: on all that a flag selects. */
import { dangerousCommands } from '../../knowledge/safety/dangerous-commands.js'
import type { ExperimentActions } from '../../knowledge/experiment-actions.js'
import { type Line, readLine, type Step, substitutedIn } from './shell.js'

type Shape = ExperimentActions['unscoped'][number]

/**
 * A pipe into `head` trims what is printed, not what is deleted: each step of a pipeline is judged by itself. One whose names
 * another command lists acts on as many as that command prints.
 */
export function isUnscoped(command: string, shapes: Shape[]): boolean {
  const { allOf, limits } = dangerousCommands()
  if (new RegExp(allOf, 'i').test(command)) return true
  const line = readLine(command)
  return line.steps.some((step) =>
    shapes.some((shape) => fits(wordsOf(step.text), shape) || actsOnList(step, line, shape, limits)),
  )
}

function wordsOf(step: string): string[] {
  return step
    .split(/\s+/)
    .map((word) => word.replace(/^["'(]+|["')]+$/g, ''))
    .filter((word) => word !== '')
}

function fits(words: string[], shape: Shape): boolean {
  const given = afterVerb(words, shape)
  return (
    given !== null &&
    given.some((word) => namesKind(word, shape.objects)) &&
    words.some((word) => isFlag(word, shape.flags))
  )
}

/** `kubectl get pods -l app=cart -o name | xargs kubectl delete`, `kubectl delete $(kubectl get pods -l app=cart -o name)`. */
function actsOnList(step: Step, line: Line, shape: Shape, limits: string): boolean {
  const words = wordsOf(step.text)
  if (afterVerb(words, shape) === null) return false
  const lists = words.includes('xargs') ? [step.piped.join(' | ')] : substitutedIn(step, line)
  const limited = new RegExp(limits)
  return lists.some((list) => {
    const listing = wordsOf(list)
    return (
      shape.commands.some((command) => listing.includes(command)) &&
      listing.includes('get') &&
      listing.some((word) => isFlag(word, shape.flags)) &&
      !limited.test(list) &&
      !limited.test(step.text)
    )
  })
}

/** What follows the verb; null for another command, and for one that does nothing. */
function afterVerb(words: string[], { commands, verbs, harmless }: Shape): string[] | null {
  const command = words.findIndex((word) => commands.includes(word.split('/').at(-1)!))
  const verb = words.findIndex((word, index) => index > command && verbs.includes(word))
  if (command < 0 || verb < 0 || words.some((word) => isFlag(word, harmless))) return null
  return words.slice(verb + 1)
}

/** `pods`, `pods,services`, `deployments.apps`. */
function namesKind(word: string, objects: string[]): boolean {
  return word.split(',').some((kind) => objects.includes(kind.split('.', 1)[0]!))
}

/** `--selector app=cart`, `--selector=app=cart`, `-l app=cart`, `-lapp=cart`. */
function isFlag(word: string, flags: string[]): boolean {
  return flags.some((flag) => word === flag || word.startsWith(flag.startsWith('--') ? `${flag}=` : flag))
}
