/** Functions that a library calls around writes, in their transaction: hooks of models, subscribers, query extensions. */
import type { HookFacts } from '../../../../knowledge/libraries/transactions.js'
import type { Library } from '../../../../knowledge/libraries.js'
import { callSomewhere, functionOf } from '../survey/practice.js'
import { bindingOf } from '../syntax/scope.js'
import type { Survey } from '../survey/survey.js'
import { bare, calleeName, some, textOf, ts, type TS } from '../syntax/syntax.js'
import type { LedTo } from '../effects/certain-calls.js'
import { awaitedExternalIn } from './transaction-calls.js'

export interface Hook {
  library: Library
  /** As it is written: `BeforeDestroy`. */
  name: string
  /** Of the class or table around whose writes it runs; what it is called where that is not seen. */
  model: string
  /** Writes that fire it. */
  firedBy: string[]
  at: TS.Node
  external: LedTo | null
}

type Facts = HookFacts & { library: Library }
type Seen = Omit<Hook, 'external' | 'library'> & { run: TS.FunctionLikeDeclaration | null }

export function hooksOf(survey: Survey): Hook[] {
  return survey.shapes.libraries.flatMap((library) => {
    if (!library.hooks) return []
    const facts = { ...library.hooks, library }
    return [...declared(survey, facts), ...registered(survey, facts), ...extensions(survey, facts)].map(
      ({ run, ...hook }) => ({
        ...hook,
        library,
        external: run?.body ? awaitedExternalIn(survey, run.body) : null,
      }),
    )
  })
}

/** Decorated methods of models, and methods of subscribers. */
function declared(survey: Survey, facts: Facts): Seen[] {
  if (facts.around.length === 0) return []
  return survey.files.flatMap(({ tree }) =>
    tree.statements.filter(ts.isClassDeclaration).flatMap((owner) => {
      const isSubscriber = decoratorsOf(survey, owner, facts).some((name) => facts.subscribers.includes(name))
      return owner.members.filter(ts.isMethodDeclaration).flatMap((run) => {
        const names = isSubscriber ? [capital(textOf(run.name))] : decoratorsOf(survey, run, facts)
        const model = (isSubscriber ? modelHeard(owner) : undefined) ?? owner.name?.text ?? 'a model'
        return names.flatMap((name) => hookAt(facts, name, model, run, run))
      })
    }),
  )
}

/** `class OrderSubscriber implements EntitySubscriberInterface<Order>`. */
function modelHeard({ heritageClauses }: TS.ClassDeclaration): string | undefined {
  const types = [...(heritageClauses ?? [])].flatMap((clause) => [...clause.types])
  return types.flatMap(({ typeArguments }) => [...(typeArguments ?? [])])[0]?.getText()
}

/** `Order.addHook('beforeDestroy', run)`, `Order.beforeDestroy(run)`. */
function registered(survey: Survey, { register, ...facts }: Facts): Seen[] {
  if (register.length === 0) return []
  const byName = register.flatMap((method) =>
    survey.callsNamed(method).flatMap((call) => {
      const [first] = call.arguments
      return first && ts.isStringLiteralLike(first) ? registeredAt(survey, facts, first.text, call) : []
    }),
  )
  const direct = facts.around.flatMap(({ names }) =>
    names.flatMap((name) => {
      const method = `${name[0]!.toLowerCase()}${name.slice(1)}`
      return survey.callsNamed(method).flatMap((call) => registeredAt(survey, facts, name, call))
    }),
  )
  return [...byName, ...direct]
}

function registeredAt(
  survey: Survey,
  facts: Omit<Facts, 'register'>,
  name: string,
  call: TS.CallExpression,
): Seen[] {
  if (!ts.isPropertyAccessExpression(call.expression) || !imports(call, facts)) return []
  const run = functionOf(survey, call.arguments.at(-1))
  return hookAt(facts, capital(name), call.expression.expression.getText(), call, run)
}

/** What a model was made by is not followed: its file says of which library it may be. */
function imports(node: TS.Node, { library }: Omit<Facts, 'register'>): boolean {
  const { text } = node.getSourceFile()
  return library.imports.some((name) => text.includes(`'${name}'`) || text.includes(`"${name}"`))
}

function hookAt(
  { around }: Pick<Facts, 'around'>,
  name: string,
  model: string,
  at: TS.Node,
  run: TS.FunctionLikeDeclaration | null,
): Seen[] {
  const firedBy = around.find(({ names }) => names.includes(name))?.firedBy
  return firedBy ? [{ name, model, firedBy, at, run }] : []
}

/** `client.$extends({ query: { order: { async create({ args, query }) { … } } } })`. */
function extensions(survey: Survey, { extend, library }: Facts): Seen[] {
  if (!extend) return []
  const isOwn = ({ expression: callee }: TS.CallExpression): boolean =>
    ts.isPropertyAccessExpression(callee) && survey.shapes.clientOf(callee.expression)?.library === library
  return survey
    .callsNamed(extend.method)
    .filter(isOwn)
    .flatMap((call) =>
      membersOf(survey, call.arguments[0])
        .filter(({ name }) => name === extend.option)
        .flatMap(({ value }) => membersOf(survey, value))
        .flatMap(({ name: model, value }) =>
          membersOf(survey, value).map(({ name, value: method, at }) => ({
            name,
            model,
            firedBy: [name],
            at,
            run: ts.isMethodDeclaration(at) ? at : functionOf(survey, method),
          })),
        ),
    )
}

function membersOf(
  survey: Survey,
  value: TS.Expression | undefined,
): { name: string; value: TS.Expression | undefined; at: TS.ObjectLiteralElementLike }[] {
  const found = value && survey.resolver.resolve(value)
  if (found?.kind !== 'value' || !ts.isObjectLiteralExpression(found.node)) return []
  return found.node.properties.flatMap((at) => {
    if (!at.name) return []
    const written = ts.isPropertyAssignment(at) ? at.initializer : undefined
    return [{ name: textOf(at.name), value: written, at }]
  })
}

/** Whether a piece of code writes to the model of a hook: `order.destroy()` of an order that was found or made there. */
export function isFiredIn(survey: Survey, body: TS.Node, { firedBy, model }: Hook): boolean {
  const fires = (call: TS.CallExpression): boolean =>
    firedBy.includes(calleeName(call)) && isMethodOfModel(call.expression, model)
  return callSomewhere(survey, body, fires) !== null
}

/** A call that fires a hook, and opens a transaction of its own to write in. */
export function writeInOwnTransaction(survey: Survey, hook: Hook): TS.CallExpression | null {
  const opening = hook.firedBy.filter((method) => hook.library.hooks?.opensOwn.includes(method))
  const writes = opening.flatMap((method) => survey.callsNamed(method))
  return writes.find(({ expression }) => isMethodOfModel(expression, hook.model)) ?? null
}

function isMethodOfModel(expression: TS.Expression, model: string): boolean {
  const callee = bare(expression)
  return ts.isPropertyAccessExpression(callee) && isOfModel(callee.expression, model)
}

function isOfModel(receiver: TS.Expression, model: string): boolean {
  const node = bare(receiver)
  if (ts.isPropertyAccessExpression(node)) return node.name.text === model
  if (isMade(node)) return namesModel(node, model)
  if (!ts.isIdentifier(node)) return false
  if (node.text === model) return true
  const binding = bindingOf(node)
  if (binding?.kind === 'parameter') return binding.node.type?.getText() === model
  if (binding?.kind !== 'value' || binding.path.length > 0 || !ts.isExpression(binding.node)) return false
  const value = bare(binding.node)
  return isMade(value) && namesModel(value, model)
}

const isMade = (node: TS.Node): node is TS.CallExpression | TS.NewExpression =>
  ts.isCallExpression(node) || ts.isNewExpression(node)

/** `Order.findOne(id)`, `getRepository(Order)`. */
function namesModel(made: TS.CallExpression | TS.NewExpression, model: string): boolean {
  const isModel = (part: TS.Node): boolean => ts.isIdentifier(part) && part.text === model
  return some(made.expression, isModel) || (made.arguments ?? []).some(isModel)
}

/** Of the library: others have some of the same names. */
function decoratorsOf(
  survey: Survey,
  node: TS.ClassDeclaration | TS.MethodDeclaration,
  { library }: Facts,
): string[] {
  return (ts.getDecorators(node) ?? []).flatMap(({ expression }) => {
    const decorator = ts.isCallExpression(expression) ? expression.expression : expression
    const found = survey.resolver.resolve(decorator)
    const isOwn = found.kind === 'library' && survey.shapes.librariesOf(found.module).includes(library)
    return isOwn ? [found.path] : []
  })
}

const capital = (name: string): string => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`
