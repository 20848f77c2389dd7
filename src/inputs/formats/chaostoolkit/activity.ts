/** One activity of an experiment and one run of it, reduced to what grading asks: outputs are judged, never kept. */
import { parseInstant } from '../../../facts/instants.js'
import { booleanOf, type Fields, fieldsOf, numberOf, textOf } from './values.js'
import { withinTolerance } from './tolerance.js'

/** A probe or action as declared. */
export interface Activity {
  kind: 'probe' | 'action'
  name: string
  provider: 'python' | 'http' | 'process' | null
  /** `module.func` of a Python provider. */
  func: string | null
  /** Path and arguments of a process, URL of an HTTP provider. */
  command: string | null
  arguments: Fields
  /** What calls it, as written. */
  caller: Fields
  tolerance: unknown
  /** After which the tool ends it. */
  timeoutSeconds: number | null
}

/** Times are milliseconds UTC. */
export interface ActivityRun {
  activity: Activity
  /** Null when the run was cut off: neither success nor failure. */
  succeeded: boolean | null
  start: number | null
  end: number | null
  httpStatus: number | null
  exitCode: number | null
  /** Empty text, list or object, or a process that wrote nothing. Null output is how Python functions without result end. */
  emptyOutput: boolean
  /** The function answered `false`. */
  answeredFalse: boolean
  /** As recorded, else judged by the tolerance of the probe with this name or provider; null when undecided. */
  toleranceMet: boolean | null
  /** Place in the journal. */
  pointer: string
}

export function readActivity(value: unknown): Activity {
  const declared = fieldsOf(value) ?? {}
  const provider = fieldsOf(declared['provider']) ?? {}
  const func = [textOf(provider['module']), textOf(provider['func'])]
    .filter((part) => part !== null)
    .join('.')
  return {
    kind: declared['type'] === 'action' ? 'action' : 'probe',
    name: textOf(declared['name']) ?? '',
    provider: providerType(provider['type']),
    func: func === '' ? null : func,
    command: commandOf(provider),
    arguments: fieldsOf(provider['arguments']) ?? {},
    caller: provider,
    tolerance: declared['tolerance'],
    timeoutSeconds: numberOf(provider['timeout']),
  }
}

/** Equal for activities that call the same with the same arguments. */
export function identityOf({ caller }: Activity): string {
  return JSON.stringify(caller)
}

/** `hypothesis` are the probes whose tolerance judges a probe of the method. */
export function readActivityRun(value: unknown, pointer: string, hypothesis: Activity[]): ActivityRun {
  const run = fieldsOf(value) ?? {}
  const activity = readActivity(run['activity'])
  const output = run['output']
  const fields = fieldsOf(output)
  const succeeded = run['status'] === 'succeeded' ? true : run['status'] === 'failed' ? false : null
  const status = fields ? numberOf(fields['status']) : null
  return {
    activity,
    succeeded,
    ...timesOf(run),
    httpStatus: activity.provider === 'http' ? status : null,
    exitCode: activity.provider === 'process' ? status : null,
    emptyOutput: isEmpty(output, activity.provider),
    answeredFalse: output === false,
    toleranceMet: booleanOf(run['tolerance_met']) ?? judge(activity, output, succeeded, hypothesis),
    pointer,
  }
}

/** When an activity ran. */
export function timesOf(run: unknown): Pick<ActivityRun, 'start' | 'end'> {
  const { start, end } = fieldsOf(run) ?? {}
  return { start: instantOf(start), end: instantOf(end) }
}

/**
 * How an activity failed, if it did. Chaos Toolkit calls it succeeded whatever an HTTP server answered and whatever a
 * process exited with.
 */
export function refusalOf({ succeeded, httpStatus, exitCode }: ActivityRun): string | null {
  if (succeeded === false) return 'failed'
  if (httpStatus !== null && httpStatus >= 400) return `was answered ${httpStatus}`
  return exitCode !== null && exitCode !== 0 ? `exited with ${exitCode}` : null
}

function judge(
  activity: Activity,
  output: unknown,
  succeeded: boolean | null,
  hypothesis: Activity[],
): boolean | null {
  if (activity.kind !== 'probe') return null
  const same = hypothesis.find(
    (probe) => probe.name === activity.name || identityOf(probe) === identityOf(activity),
  )
  if (!same || succeeded === null) return null
  return succeeded ? withinTolerance(same.tolerance, output) : false
}

function instantOf(value: unknown): number | null {
  return typeof value === 'string' ? parseInstant(value) : null
}

function providerType(value: unknown): Activity['provider'] {
  return value === 'python' || value === 'http' || value === 'process' ? value : null
}

function commandOf(provider: Fields): string | null {
  if (provider['type'] === 'http') return textOf(provider['url'])
  if (provider['type'] !== 'process') return null
  const given = provider['arguments']
  const fields = fieldsOf(given)
  const words = fields ? Object.entries(fields).flat() : Array.isArray(given) ? given : [given]
  return [provider['path'], ...words]
    .filter((word) => typeof word === 'string' || typeof word === 'number')
    .join(' ')
}

function isEmpty(output: unknown, provider: Activity['provider']): boolean {
  const fields = fieldsOf(output)
  if (fields && provider === 'process')
    return textOf(fields['stdout']) === null && textOf(fields['stderr']) === null
  if (fields) return Object.keys(fields).length === 0
  return Array.isArray(output) ? output.length === 0 : output === ''
}
