/** Handlers of messages and jobs that libraries call, each with the library and the way a message is said to be done. */
import type { Library } from '../../../../knowledge/libraries.js'
import { functionOf } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { bare, calleeName, textOf, ts, type TS } from '../syntax/syntax.js'

type Made = TS.CallExpression | TS.NewExpression
export type ConsumeShape = Library['consumes'][number]

export interface Consumer {
  /** Where the handler is given to the library: a call, or the decorator that declares it. */
  at: Made
  handler: TS.FunctionLikeDeclaration & { body: TS.Node }
  library: Library
  shape: ConsumeShape
}

const known = new WeakMap<Survey, Consumer[]>()

export function consumersIn(survey: Survey): Consumer[] {
  let consumers = known.get(survey)
  if (!consumers) known.set(survey, (consumers = findConsumers(survey)))
  return consumers
}

function findConsumers(survey: Survey): Consumer[] {
  const places = [...survey.ofLibraries.map(({ made }) => made), ...survey.outbound.map(({ node }) => node)]
  return [...new Set(places)].flatMap((at) =>
    shapesAt(survey, at).flatMap(({ library, shape }) =>
      handlersIn(survey, at, shape).flatMap((handler) =>
        handler?.body ? [{ at, handler: handler as Consumer['handler'], library, shape }] : [],
      ),
    ),
  )
}

function shapesAt(survey: Survey, made: Made): Pick<Consumer, 'library' | 'shape'>[] {
  if (ts.isDecorator(made.parent)) return shapesNamed(survey, made, 'decorator')
  if (ts.isNewExpression(made)) return shapesNamed(survey, made, 'new')
  const library = survey.outboundAt(made)?.client.library
  return library
    ? shapesOf(library, (shape) => shape.call.includes(calleeName(made)) && isOneOf(shape.events, made))
    : []
}

function shapesNamed(
  survey: Survey,
  made: Made,
  by: 'new' | 'decorator',
): Pick<Consumer, 'library' | 'shape'>[] {
  const callee = survey.shapes.callees.of(made)
  if (callee === null) return []
  return survey.shapes
    .librariesOf(callee.module)
    .flatMap((library) => shapesOf(library, (shape) => shape[by].includes(callee.path)))
}

function isOneOf(events: string[], { arguments: [event] }: TS.CallExpression): boolean {
  if (events.length === 0) return true
  return event !== undefined && ts.isStringLiteralLike(event) && events.includes(event.text)
}

function shapesOf(
  library: Library,
  wanted: (shape: ConsumeShape) => boolean,
): Pick<Consumer, 'library' | 'shape'>[] {
  return library.consumes.filter(wanted).map((shape) => ({ library, shape }))
}

function handlersIn(
  survey: Survey,
  made: Made,
  { argument, options, method }: ConsumeShape,
): (TS.FunctionLikeDeclaration | null)[] {
  if (ts.isDecorator(made.parent)) return [declaredAt(made.parent, method)]
  const given = made.arguments?.[argument]
  if (!given) return []
  const node = bare(given)
  if (options.length === 0) return [functionOf(survey, node)]
  return ts.isObjectLiteralExpression(node)
    ? node.properties.map((property) => handlerOf(survey, property, options))
    : []
}

/** The decorated method, or the one of the decorated class. */
function declaredAt({ parent: owner }: TS.Decorator, method?: string): TS.FunctionLikeDeclaration | null {
  if (ts.isMethodDeclaration(owner)) return owner
  if (method === undefined || !ts.isClassLike(owner)) return null
  return (
    (owner.members.find((member) => ts.isMethodDeclaration(member) && textOf(member.name) === method) as
      TS.MethodDeclaration | undefined) ?? null
  )
}

function handlerOf(
  survey: Survey,
  property: TS.ObjectLiteralElementLike,
  options: string[],
): TS.FunctionLikeDeclaration | null {
  if (!property.name || !options.includes(textOf(property.name))) return null
  if (ts.isMethodDeclaration(property)) return property
  if (ts.isShorthandPropertyAssignment(property)) return functionOf(survey, property.name)
  return ts.isPropertyAssignment(property) ? functionOf(survey, property.initializer) : null
}
