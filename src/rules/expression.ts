/** What a rule may ask, in CEL: compiled and type-checked once. */
import { Environment } from '@marcbachmann/cel-js'
import { SUBJECT_TYPES, SUBJECTS, type SubjectKind, type TypeName } from './subject-types.js'

/** Throws with the expression's own message when evaluation fails: that is outcome `error`, never `fail`. */
export type Expression = (fields: object, parameters: Record<string, number>) => boolean

/** A fault in an expression; `offset` counts characters from its start. */
export class ExpressionError extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message)
  }
}

/** Types that protections can be asked of: `client.guard("http-timeout") == "present"`; `none` when nothing is said of it. */
const GUARDED: TypeName[] = ['Client', 'Dependency', 'Component']

let common: Environment | undefined
const environments = new Map<SubjectKind, Environment>()

/** Compiles a condition about one kind of subject; throws an ExpressionError for syntax, unknown names and wrong types. */
export function compile(text: string, subject: SubjectKind): Expression {
  const environment = environmentFor(subject)
  const parsed = parse(environment, text)
  const checked = parsed.check()
  if (!checked.valid)
    throw new ExpressionError(firstLine(checked.error?.message ?? 'is not valid'), offsetOf(checked.error))
  if (checked.type !== 'bool' && checked.type !== 'dyn')
    throw new ExpressionError(`gives ${checked.type}, where true or false is needed`, 0)
  return (fields, parameters) => {
    const value: unknown = parsed({ [subject]: fields, parameters })
    if (typeof value !== 'boolean') throw new Error(`"${text}" gave ${typeof value}, not true or false`)
    return value
  }
}

/** Of a condition that is known to be right: most systems have no subject for most of the rules. */
export function compileWhenAsked(text: string, subject: SubjectKind): Expression {
  let compiled: Expression | undefined
  return (fields, parameters) => (compiled ??= compile(text, subject))(fields, parameters)
}

/** Fields as conditions see them: made once for all conditions that are asked of a subject, it is not made anew for each. */
export function askable(fields: object, subject: SubjectKind): object {
  let view = views.get(subject)
  if (!view) views.set(subject, (view = parse(environmentFor(subject), subject)))
  return view({ [subject]: fields }) as object
}

const views = new Map<SubjectKind, ReturnType<typeof parse>>()

function parse(environment: Environment, text: string): ReturnType<Environment['parse']> {
  try {
    return environment.parse(text)
  } catch (error) {
    throw new ExpressionError(firstLine((error as Error).message), offsetOf(error))
  }
}

function environmentFor(subject: SubjectKind): Environment {
  const known = environments.get(subject)
  if (known) return known
  const environment = (common ??= withTypes()).clone()
  environment.registerVariable(subject, SUBJECTS[subject])
  environments.set(subject, environment)
  return environment
}

/** What conditions about every kind of subject share: registering the types costs most of what an environment does. */
function withTypes(): Environment {
  const environment = new Environment({ homogeneousAggregateLiterals: false })
  for (const [name, fields] of Object.entries(SUBJECT_TYPES)) environment.registerType(name, { fields })
  for (const type of GUARDED) {
    environment.registerFunction({
      name: 'guard',
      receiverType: type,
      returnType: 'string',
      params: [{ name: 'pattern', type: 'string' }],
      // A typed value reaches its methods as a map of its fields.
      handler: (subject: ReadonlyMap<string, Record<string, string>>, pattern: string) =>
        subject.get('guards')?.[pattern] ?? 'none',
    })
  }
  registerArithmetic(environment)
  environment.registerVariable('parameters', 'map<string, double>')
  return environment
}

/** All our numbers are doubles; CEL's literals without a point are ints, and CEL does not mix the two by itself. */
function registerArithmetic(environment: Environment): void {
  environment.registerOperator('double + int', (a: number, b: bigint) => a + Number(b))
  environment.registerOperator('double - int', (a: number, b: bigint) => a - Number(b))
  environment.registerOperator('double * int', (a: number, b: bigint) => a * Number(b))
  environment.registerOperator('double == int', (a: number, b: bigint) => a === Number(b))
  environment.registerOperator('double / int', (a: number, b: bigint) => a / Number(b))
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!
}

function offsetOf(error: unknown): number {
  const node = (error as { node?: { start?: number } } | null)?.node
  return node?.start ?? 0
}
