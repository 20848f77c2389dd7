/** Steps of a definition that reach the whole machine, or whose fault nothing ends. */
import type { Command, Experiment } from '../../facts/experiment.js'
import type { DangerousCommands } from '../../knowledge/safety/dangerous-commands.js'
import { readLine } from './shell.js'

/** Longer ones are scripts, of which nothing can be told by patterns. */
const LONGEST = 4000

/** What a rollback cleans up is its own. */
export function injecting({ commands }: Experiment): Command[] {
  return commands.filter(({ part, text }) => part !== 'rollback' && text.length <= LONGEST)
}

/** Each with what it does, as `kill -9 -1 (kills every process that it may)`. */
export function hostWideSteps(experiment: Experiment, { hostWide, inside }: DangerousCommands): string[] {
  return injecting(experiment).flatMap(({ text }) =>
    partsOf(text, inside).flatMap((part) =>
      hostWide
        .filter(({ pattern, unless }) => matches(pattern, part) && !(unless && matches(unless, part)))
        .map(({ says }) => `${shorten(text)} (${says})`),
    ),
  )
}

/** Faults that go on, as far as nothing in the definition ends them. */
export function lastingSteps(experiment: Experiment, knowledge: DangerousCommands): string[] {
  const { commands } = experiment
  const steps = injecting(experiment).flatMap(({ text, timeoutSeconds }) => {
    const later = commands
      .slice(commands.findIndex((command) => command.text === text))
      .map((command) => command.text)
    return knowledge.lasting
      .filter(({ pattern, unless }) => matches(pattern, text) && !(unless && matches(unless, text)))
      .filter(({ bounded }) => !bounded || (timeoutSeconds ?? null) === null)
      .filter(({ undoneBy }) => !later.some((command) => matches(undoneBy, command)))
      .map(({ says }) => `${shorten(text)} (${says})`)
  })
  return [...steps, ...lastingFault(experiment, knowledge)]
}

function lastingFault(experiment: Experiment, knowledge: DangerousCommands): string[] {
  const { fault } = experiment
  if (fault === null || !knowledge.lastingFaults.includes(fault)) return []
  return hasNoEnd(experiment, knowledge) ? [`${fault} without a duration`] : []
}

/** A fault that may last and that nothing in the definition ends; null where there is none. */
export function undecidedFault(experiment: Experiment, knowledge: DangerousCommands): string | null {
  const { lastingFaults, momentaryFaults } = knowledge
  const { fault } = experiment
  if (fault !== null && [...lastingFaults, ...momentaryFaults].includes(fault)) return null
  return hasNoEnd(experiment, knowledge) ? (fault ?? 'a fault of unknown kind') : null
}

/** Of a catalogue, which has no commands. */
function hasNoEnd({ plan, parts }: Experiment, { endingParameters }: DangerousCommands): boolean {
  if (!plan || parts.rollback) return false
  return !plan.parameters.some(({ name }) =>
    endingParameters.some((ending) => name.toLowerCase().includes(ending)),
  )
}

/** The commands of a line that run on the machine itself, with what is put into them. */
function partsOf(text: string, inside: string): string[] {
  if (matches(inside, text)) return []
  const { steps, substitutions } = readLine(text)
  return steps
    .map((step) =>
      step.text.replace(/⟨(\d+)⟩/g, (_, index: string) => `$(${substitutions[Number(index)] ?? ''})`),
    )
    .filter((step) => !matches(inside, step))
}

const compiled = new Map<string, RegExp>()

function matches(pattern: string, text: string): boolean {
  const known = compiled.get(pattern) ?? new RegExp(pattern)
  compiled.set(pattern, known)
  return known.test(text)
}

const SHOWN = 160

export function shorten(text: string): string {
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN - 1)}…`
}
