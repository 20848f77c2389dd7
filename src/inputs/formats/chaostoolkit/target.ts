/** What an action acts on, as its arguments name it. */
import type { ExperimentActions } from '../../../knowledge/experiment-actions.js'
import { holdsAny } from '../../../knowledge/phrases.js'
import type { Activity } from './activity.js'
import { type Fields, fieldsOf, textOf } from './values.js'

/** Null when no argument names it, or only through a variable without a written value. */
export function targetOf(activity: Activity, configuration: Fields, words: ExperimentActions): string | null {
  for (const key of words.selectorArguments) {
    const named = labelled(resolve(activity.arguments[key], configuration), words.targetLabels)
    if (named !== null) return named
  }
  for (const key of words.targetArguments) {
    const named = resolve(activity.arguments[key], configuration)
    if (named !== null) return named
  }
  return activity.provider === 'process'
    ? commandTarget(resolve(activity.command, configuration), words)
    : null
}

/** `docker stop NAME`, `kubectl delete pod NAME`, `kubectl scale deployment/NAME`, `kubectl delete pod -l app=NAME`. */
function commandTarget(command: string | null, words: ExperimentActions): string | null {
  const parts = command?.split(/\s+/) ?? []
  if (!holdsAny(parts[0] ?? '', words.printsTarget)) return null
  const selector = parts.flatMap(
    (part) => labelled(part.replace(/^--selector=/, ''), words.targetLabels) ?? [],
  )
  if (selector.length > 0) return selector[0]!
  const slashed = parts.slice(1).find((part) => /^[a-z]+\/[\w.-]+$/.test(part))
  if (slashed) return slashed.split('/')[1]!
  const last = parts.at(-1)!
  return parts.length > 2 && /^[\w.]/.test(last) && !/^\d+$/.test(last) ? last : null
}

function labelled(selector: string | null, labels: string[]): string | null {
  const pairs = (selector ?? '').split(',').map((pair) => pair.split(/==?/).map((part) => part.trim()))
  for (const label of labels) {
    const value = pairs.find(([key]) => key === label)?.[1]
    if (value) return value
  }
  return null
}

/** Text with `${name}` replaced by the configuration's written value or default. */
function resolve(value: unknown, configuration: Fields): string | null {
  const text = textOf(value)?.replace(/\$\{([^}]*)\}/g, (variable, name: string) => {
    const given = configuration[name]
    return textOf(given) ?? textOf(fieldsOf(given)?.['default']) ?? variable
  })
  return text === undefined || text.includes('${') ? null : text
}
