/** What is wrong with an entry of our own kinds, in words: what stands there and what must. */
import type * as z from 'zod'
import type { Path } from './yaml/document.js'

export interface Fault {
  path: Path
  message: string
}

type Issue = z.core.$ZodIssue

/** `kind`: whose schema the reader may print. The entry has to be checked with `reportInput`. */
export function faultsIn(error: z.ZodError, kind: string): Fault[] {
  return error.issues.flatMap(leavesOf).flatMap((issue) => faultsOf(issue, kind))
}

/** Where several shapes are possible, the faults of the one that was meant: whose fields are there. */
function leavesOf(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union' || issue.message !== 'Invalid input') return [issue]
  const [meant] = [...issue.errors].sort((a, b) => atRoot(a) - atRoot(b))
  const isOne = meant !== undefined && atRoot(meant) === 0
  return isOne
    ? meant.flatMap((below) => leavesOf({ ...below, path: [...issue.path, ...below.path] } as Issue))
    : [issue]
}

function atRoot(issues: Issue[]): number {
  return issues.filter(({ path }) => path.length === 0).length
}

function faultsOf(issue: Issue, kind: string): Fault[] {
  const path = issue.path.filter((step) => typeof step !== 'symbol')
  if (issue.code !== 'unrecognized_keys') return [{ path, message: messageOf(issue) }]
  return issue.keys.map((key) => ({
    path: [...path, key],
    message: `unknown field; \`resilience-report schema ${kind}\` lists the fields`,
  }))
}

const TYPES: Record<string, string> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a mapping',
  record: 'a mapping',
}

function messageOf(issue: Issue): string {
  // Words of the schema itself.
  if (!/^(Invalid input|Invalid option|Too small)\b/.test(issue.message)) return issue.message
  if (issue.code === 'invalid_type') return wrongType([issue.expected], issue.input)
  if (issue.code === 'invalid_union')
    return wrongType(
      issue.errors.flatMap((branch) =>
        branch.flatMap((below) => (below.code === 'invalid_type' ? [below.expected] : [])),
      ),
      issue.input,
    )
  if (issue.code === 'invalid_value')
    return wrong(`one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`, issue.input)
  if (issue.code !== 'too_small') return issue.message
  return issue.origin === 'string' ? 'must not be empty' : `must have ${issue.minimum} entries or more`
}

function wrongType(expected: string[], input: unknown): string {
  const types = [...new Set(expected.map((type) => TYPES[type] ?? type))].join(' or ')
  const isMeasure = typeof input === 'number' && !Number.isFinite(input)
  return wrong(types, input) + (isMeasure ? '; leave out what was not measured' : '')
}

function wrong(expected: string, input: unknown): string {
  return input === undefined
    ? `is missing; it must be ${expected}`
    : `must be ${expected}, not ${describe(input)}`
}

/** As it is written in YAML. */
function describe(input: unknown): string {
  if (input === null) return 'empty'
  if (Array.isArray(input)) return 'a list'
  if (typeof input === 'object') return 'a mapping'
  if (typeof input === 'string') return JSON.stringify(input.length > 40 ? `${input.slice(0, 40)}…` : input)
  if (Number.isNaN(input)) return '.nan'
  return input === Infinity ? '.inf' : input === -Infinity ? '-.inf' : String(input)
}
