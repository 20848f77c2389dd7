/** Actions of an experiment or a template, with what they hit. CloudFormation capitalises the keys of the API. */
import type { Field } from '../../field.js'
import { isMapping, plainText, plainTexts } from '../../chaos-tools/document.js'
import { endsByItself, faultNamed, isForeign, nameAmong, roleOf } from '../../chaos-tools/roles.js'
import type { Step } from '../../chaos-tools/step.js'
import { isoSeconds } from '../../chaos-tools/times.js'

export interface Action extends Step {
  /** Nothing has to be undone after it. */
  isUndone: boolean
}

export function keyed(field: Field, key: string): Field {
  const own = field.get(key)
  return own.exists ? own : field.get(key.charAt(0).toUpperCase() + key.slice(1))
}

export function readActions(record: Field): Action[] {
  const actions = keyed(record, 'actions')
  const targets = keyed(record, 'targets')
  if (!isMapping(actions)) return []
  return actions.entries().map(([name, at]) => readAction(name, at, targets))
}

function readAction(name: string, at: Field, targets: Field): Action {
  const parameters = keyed(at, 'parameters')
  const parameter = (key: string): string | null => plainText(parameters.get(key))
  const id = plainText(keyed(at, 'actionId')) ?? ''
  const hit = Object.values(plainTexts(keyed(at, 'targets'))).map((target) => targets.get(target))
  const called = [id, parameter('scope'), parameter('documentArn')].filter((part) => part !== null).join(' ')
  const isTimed = !isForeign(called) && parameters.get('duration').exists
  const lasts = isTimed ? durationOf(parameters) : null
  return {
    at,
    name,
    role: roleOf(called),
    fault: faultNamed(called) ?? faultNamed(name),
    target: selected(parameters) ?? hit.map(targetName).find((known) => known !== null) ?? null,
    isScoped: hit.some(isSelective) || selected(parameters) !== null,
    lasts,
    isUndone: isTimed || parameter('startInstancesAfterDuration') !== null || endsByItself(id),
  }
}

/** Problem, and null, for what is no duration of ISO 8601; a name in its place is decided where the template is used. */
function durationOf(parameters: Field): number | null {
  const at = parameters.get('duration')
  const text = plainText(at)
  const seconds = text === null ? null : isoSeconds(text)
  if (text !== null && seconds === null && /^-?[P\d]/i.test(text) && !/^P[a-z]/.test(text))
    at.problem(`${at.path.join('.')}: "${text.slice(0, 40)}" is no duration; FIS takes PT30S, PT5M or PT1H`)
  return seconds
}

/** Of pods by a label selector, a deployment or a name; of an ECS service. */
function selected(parameters: Field): string | null {
  const value = plainText(parameters.get('selectorValue')) ?? plainText(parameters.get('service'))
  if (value === null || !value.includes('=')) return value
  const labels = value.split(',').flatMap((pair) => {
    const [key, label] = pair.split('=')
    return label === undefined ? [] : [[key!.trim(), label.trim()]]
  })
  return nameAmong(Object.fromEntries(labels) as Record<string, string>)
}

/** By a tag that names it, else by the only resource. */
function targetName(target: Field): string | null {
  const parameters = keyed(target, 'parameters')
  const tagged =
    selected(parameters) ??
    nameAmong(plainTexts(keyed(target, 'resourceTags'))) ??
    nameAmong(plainTexts(keyed(target, 'resourceTagsMap')))
  if (tagged !== null) return tagged
  const arns = keyed(target, 'resourceArns')
  if (!Array.isArray(arns.value) || arns.value.length !== 1) return null
  const arn = plainText(arns.items()[0]!)
  return arn?.startsWith('arn:') ? (arn.split(/[:/]/).at(-1) ?? null) : null
}

/** Resources are chosen by name, tag, filter or share; `ALL` of a kind is no limit. */
function isSelective(target: Field): boolean {
  const mode = plainText(keyed(target, 'selectionMode'))
  return (
    ['resourceArns', 'resourceTags', 'filters', 'parameters'].some((key) => keyed(target, key).exists) ||
    (mode !== null && mode !== 'ALL')
  )
}

export interface StopCondition {
  /** An alarm of CloudWatch; null for anything else. */
  alarm: string | null
}

/** Null where they are not recorded. `none` is how FIS writes that there is no condition. */
export function stopConditions(record: Field): StopCondition[] | null {
  const at = keyed(record, 'stopConditions')
  if (!Array.isArray(at.value)) return null
  return at
    .items()
    .filter((condition) => plainText(keyed(condition, 'source')) !== 'none')
    .map((condition) => {
      const value = plainText(keyed(condition, 'value'))
      return { alarm: /:alarm:(.+)$/.exec(value ?? '')?.[1] ?? null }
    })
}
