/** State machines of a library: does a state that waits also end by time? */
import type { Practice } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import type { Library } from '../../../../knowledge/libraries.js'
import type { LibraryThing } from '../values/callees.js'
import { practice } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { bare, textOf, ts, type TS } from '../syntax/syntax.js'

const PATTERN = 'state-timeout'

type Machines = NonNullable<Library['machines']>

export function stateMachines(survey: Survey): Practice[] {
  return survey.ofLibraries.flatMap(({ made, callee }) => {
    const machines = ts.isCallExpression(made) ? machinesOf(survey, callee) : null
    const definition = made.arguments?.[0] && bare(made.arguments[0])
    return machines && definition && ts.isObjectLiteralExpression(definition)
      ? judgeStates(survey, definition, machines)
      : []
  })
}

/** `createMachine()` and `setup().createMachine()`. */
function machinesOf(survey: Survey, callee: LibraryThing): Machines | null {
  const name = callee.path.split('.').at(-1)!
  const known = survey.shapes.librariesOf(callee.module).find(({ machines }) => machines?.call.includes(name))
  return known?.machines ?? null
}

function judgeStates(survey: Survey, definition: TS.ObjectLiteralExpression, machines: Machines): Practice[] {
  const states = objectAt(definition, machines.states)
  return (states?.properties ?? []).flatMap((property) => {
    const state = ts.isPropertyAssignment(property) ? bare(property.initializer) : null
    if (!state || !ts.isObjectLiteralExpression(state)) return []
    return [
      ...judgeState(survey, textOf(property.name!), state, machines),
      ...judgeStates(survey, state, machines),
    ]
  })
}

/** Of a state that is left by events only; one that works by itself ends with its work. */
function judgeState(
  survey: Survey,
  name: string,
  state: TS.ObjectLiteralExpression,
  { events, time, itself }: Machines,
): Practice[] {
  const names = state.properties.map(({ name: own }) => (own ? textOf(own) : ''))
  if (!codeWords().waitingStates.test(name) || !names.includes(events)) return []
  if (names.some((own) => itself.includes(own)) || state.properties.some(ts.isSpreadAssignment)) return []
  const listened = objectAt(state, events)?.properties.map(({ name: own }) => (own ? textOf(own) : '')) ?? []
  const byTime =
    names.some((own) => time.includes(own)) || listened.some((event) => codeWords().timedStates.test(event))
  return byTime
    ? [practice(survey, state, PATTERN, 'present', `\`${name}\` also ends by timeout`)]
    : [
        practice(
          survey,
          state,
          PATTERN,
          'absent',
          `\`${name}\` is left by ${listened.map((event) => `\`${event}\``).join(', ') || 'events'} only: when none arrives, it lasts indefinitely`,
        ),
      ]
}

function objectAt(object: TS.ObjectLiteralExpression, name: string): TS.ObjectLiteralExpression | null {
  const found = object.properties.find((property) => property.name && textOf(property.name) === name)
  const value = found && ts.isPropertyAssignment(found) ? bare(found.initializer) : null
  return value && ts.isObjectLiteralExpression(value) ? value : null
}
