/** Lists whose length a schema limits where they come in: `z.array(…).max(50)`, `@ArrayMaxSize(50)`. */
import { codeWords } from '../../../../knowledge/code-words.js'
import { bindingOf } from '../syntax/scope.js'
import type { Survey } from '../survey/survey.js'
import { bare, calleeName, ts, walk, type TS } from '../syntax/syntax.js'

const PARSES = /^(safeP|p)arse(Async)?$/
const MAX_STEPS = 8

export function isShortBySchema(list: TS.Expression, survey: Survey): boolean {
  return (
    isShortByDecorator(list, survey) ||
    isShortByParsing(list, survey) ||
    validatedBy(list, survey).some((schema) => limitsLength(schema, survey))
  )
}

/** `dto.ids`, where the class of `dto` decorates `ids`. */
function isShortByDecorator(list: TS.Expression, survey: Survey): boolean {
  if (!ts.isPropertyAccessExpression(list)) return false
  const owner = survey.resolver.resolve(list.expression)
  if (owner.kind !== 'instance') return false
  const field = owner.of.members.find(({ name }) => name?.getText() === list.name.text)
  if (!field || !ts.canHaveDecorators(field)) return false
  return isDecorated(field)
}

function isDecorated(field: TS.HasDecorators): boolean {
  return (ts.getDecorators(field) ?? []).some(
    ({ expression }) => ts.isCallExpression(expression) && calleeName(expression) === 'ArrayMaxSize',
  )
}

function isShortByParsing(list: TS.Expression, survey: Survey): boolean {
  const { from, path } = takenFrom(list)
  if (!ts.isCallExpression(from) || !PARSES.test(calleeName(from))) return false
  if (!ts.isPropertyAccessExpression(from.expression)) return false
  const inside = calleeName(from).startsWith('safe') && path[0] === 'data' ? path.slice(1) : path
  const schema = fieldAt(from.expression.expression, inside, survey)
  return schema !== null && limitsLength(schema, survey)
}

/** The schemas by which the middlewares of a route check a list of its request: `guard({ body: z.object({ ids }) })`. */
function validatedBy(list: TS.Expression, survey: Survey): TS.Expression[] {
  const { from, path } = takenFrom(list)
  const binding = ts.isIdentifier(from) && path.length > 0 ? bindingOf(from) : null
  const handler = binding?.kind === 'parameter' ? binding.node.parent : null
  const route = handler?.parent
  if (!route || !ts.isCallExpression(route)) return []
  const inside = binding!.kind === 'parameter' ? [...binding!.path, ...path] : path
  return route.arguments.flatMap((argument) =>
    argument === handler ? [] : schemasIn(argument, inside, survey),
  )
}

/** What a middleware was made with checks a part of the request by its name, `body`, or all that the last names stand in. */
function schemasIn(middleware: TS.Expression, path: string[], survey: Survey): TS.Expression[] {
  const found = survey.resolver.resolve(middleware)
  // What a call of the project gives back would be followed into it, and what it is given is what counts.
  const written = bare(middleware)
  const made = ts.isCallExpression(written) || found.kind !== 'value' ? written : found.node
  const given = ts.isCallExpression(made) ? [...made.arguments] : [middleware]
  return given.flatMap((argument) => {
    const resolved = survey.resolver.resolve(argument)
    const parts = resolved.kind === 'value' ? resolved.node : bare(argument)
    if (!ts.isObjectLiteralExpression(parts)) return fieldAt(argument, path.slice(-1), survey) ?? []
    return path.flatMap((part, index) => {
      const schema = partOf(parts, part)
      return (schema && fieldAt(schema, path.slice(index + 1), survey)) ?? []
    })
  })
}

function fieldAt(schema: TS.Expression, path: string[], survey: Survey): TS.Expression | null {
  return path.reduce<TS.Expression | null>((object, name) => object && fieldOf(object, name, survey), schema)
}

/** `body.ids` after `const body = schema.parse(input)` is `ids` of what the call gives. */
export function takenFrom(expression: TS.Expression): { from: TS.Expression; path: string[] } {
  let [from, path]: [TS.Expression, string[]] = [bare(expression), []]
  for (let step = 0; step < MAX_STEPS; step++) {
    if (ts.isPropertyAccessExpression(from)) {
      path = [from.name.text, ...path]
      from = bare(from.expression)
      continue
    }
    const binding = ts.isIdentifier(from) ? bindingOf(from) : null
    if (binding?.kind !== 'value' || !ts.isExpression(binding.node)) break
    path = [...binding.path, ...path]
    from = bare(binding.node)
  }
  return { from, path }
}

/** The schema of a field: `ids` of `z.object({ ids: … }).strict()`. */
function fieldOf(schema: TS.Expression, name: string, survey: Survey): TS.Expression | null {
  for (const call of chainOf(schema, survey)) {
    const [shape] = call.arguments
    const field = shape && ts.isObjectLiteralExpression(shape) ? partOf(shape, name) : null
    if (field) return field
  }
  return null
}

function partOf(object: TS.ObjectLiteralExpression, name: string): TS.Expression | null {
  const part = object.properties.find((property) => property.name?.getText() === name)
  if (part && ts.isPropertyAssignment(part)) return part.initializer
  return part && ts.isShorthandPropertyAssignment(part) ? part.name : null
}

/** The limit has to stand behind the `array`: before it, it limits the items. */
function limitsLength(schema: TS.Expression, survey: Survey): boolean {
  const calls = chainOf(schema, survey)
  const array = calls.findIndex((call) => calleeName(call) === 'array')
  const behind = calls.slice(0, Math.max(array, 0))
  if (behind.some((call) => /^(max|length)$/.test(calleeName(call)))) return true
  const isUnique = behind.some(
    (call) =>
      /^(transform|refine|superRefine)$/.test(calleeName(call)) &&
      codeWords().removesDoubles.test(call.arguments[0]?.getText() ?? ''),
  )
  return isUnique && isOfEnumeration(calls[array]!, survey)
}

/** Without doubles there are no more than it has members: `z.enum(['a', 'b']).array()`, `z.array(z.enum(['a', 'b']))`. */
function isOfEnumeration(array: TS.CallExpression, survey: Survey): boolean {
  const { expression } = array
  const item =
    array.arguments[0] ?? (ts.isPropertyAccessExpression(expression) ? expression.expression : undefined)
  return (
    item !== undefined && chainOf(item, survey).some((call) => /^(enum|nativeEnum)$/.test(calleeName(call)))
  )
}

/** The calls of a chain, the last first: `z.array(id).min(1).max(50)` gives max, min, array. */
function chainOf(schema: TS.Expression, survey: Survey): TS.CallExpression[] {
  const found = survey.resolver.resolve(schema)
  const calls: TS.CallExpression[] = []
  let at = found.kind === 'value' ? found.node : schema
  while (ts.isCallExpression(at) && ts.isPropertyAccessExpression(at.expression)) {
    calls.push(at)
    at = at.expression.expression
  }
  return calls
}

/** Where a schema or a decorator limits a list of this name that comes in: what is stored may all have come that way. */
export function limitWhereWritten(list: TS.Expression, survey: Survey): TS.Node | null {
  const name = fieldName(list)
  if (name === null) return null
  const key = name.replace(/\$/g, '\\$&')
  const pattern = new RegExp(
    `\\b${key}\\s*:[^;]{0,200}?\\.(max|length)\\(|ArrayMaxSize[^;]{0,120}?\\b${key}[!?]?\\s*:`,
  )
  for (const tree of survey.modules.treesWith(pattern)) {
    const limit = limitIn(tree, name, survey)
    if (limit) return limit
  }
  return null
}

/** `envelopeItems` of `envelope.envelopeItems`, and of what was taken out of it by that name. */
function fieldName(list: TS.Expression): string | null {
  const node = bare(list)
  if (ts.isPropertyAccessExpression(node)) return node.name.text
  const binding = ts.isIdentifier(node) ? bindingOf(node) : null
  return binding?.kind === 'value' ? (binding.path.at(-1) ?? null) : null
}

function limitIn(tree: TS.SourceFile, name: string, survey: Survey): TS.Node | null {
  let limit: TS.Node | null = null
  walk(tree, (node) => {
    if (limit !== null) return false
    const isField = ts.isPropertyAssignment(node) || ts.isPropertyDeclaration(node)
    if (!isField || node.name.getText() !== name) return true
    const isLimited = ts.isPropertyAssignment(node)
      ? limitsLength(node.initializer, survey)
      : isDecorated(node)
    if (isLimited) limit = node
    return true
  })
  return limit
}
