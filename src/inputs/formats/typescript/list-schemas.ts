/** Lists whose length a schema limits where they come in: `z.array(…).max(50)`, `@ArrayMaxSize(50)`. */
import { bindingOf } from './scope.js'
import type { Survey } from './survey.js'
import { bare, calleeName, ts, walk, type TS } from './syntax.js'

const PARSES = /^(safeP|p)arse(Async)?$/
const MAX_STEPS = 8

export function isShortBySchema(list: TS.Expression, survey: Survey): boolean {
  return isShortByDecorator(list, survey) || isShortByParsing(list, survey)
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
  const schema = inside.reduce<TS.Expression | null>(
    (object, name) => object && fieldOf(object, name, survey),
    from.expression.expression,
  )
  return schema !== null && limitsLength(schema, survey)
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
    if (!shape || !ts.isObjectLiteralExpression(shape)) continue
    const field = shape.properties.find((property) => property.name?.getText() === name)
    if (field && ts.isPropertyAssignment(field)) return field.initializer
    if (field && ts.isShorthandPropertyAssignment(field)) return field.name
  }
  return null
}

/** The limit has to stand behind the `array`: before it, it limits the items. */
function limitsLength(schema: TS.Expression, survey: Survey): boolean {
  const names = chainOf(schema, survey).map((call) => calleeName(call))
  const array = names.indexOf('array')
  return names.some((name, index) => /^(max|length)$/.test(name) && index < array)
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
