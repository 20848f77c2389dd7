/** Handlers of queues that only log what fails: the queue takes the message for done, and it is gone. */
import type { Practice } from '../../../facts/code.js'
import type { Library } from '../../../knowledge/libraries.js'
import { isJustified, onlyLogs } from './catch-clauses.js'
import { functionOf, practice } from './practice.js'
import type { Survey } from './survey.js'
import { bare, calleeName, isFunction, some, textOf, ts, walk, type TS } from './syntax.js'

type Made = TS.CallExpression | TS.NewExpression
type Shape = Library['consumes'][number]

export function lostMessages(survey: Survey): Practice[] {
  return survey.files.flatMap(({ made }) =>
    made.flatMap((call) =>
      shapesAt(survey, call).flatMap(({ library, shape }) =>
        handlersIn(survey, call, shape).flatMap((handler) => judgeHandler(survey, handler, library)),
      ),
    ),
  )
}

function judgeHandler(survey: Survey, handler: TS.FunctionLikeDeclaration, { title }: Library): Practice[] {
  const caught: TS.CatchClause[] = []
  walk(handler.body!, (node) => {
    if (ts.isCatchClause(node) && handlesMessage(node.parent.tryBlock) && !isJustified(node))
      caught.push(node)
    return !isFunction(node)
  })
  return caught.map((clause) =>
    onlyLogs(clause.block)
      ? practice(
          survey,
          clause,
          'swallowed-error',
          'absent',
          `What fails in handling a message is only logged: ${title} takes the message for done`,
        )
      : practice(
          survey,
          clause,
          'swallowed-error',
          'present',
          'What fails in handling a message is acted on where it is caught',
        ),
  )
}

/** Waits for something: a message that cannot be parsed can be dropped by design. */
function handlesMessage(block: TS.Block): boolean {
  return some(block, ts.isAwaitExpression, false)
}

function shapesAt(survey: Survey, call: Made): { library: Library; shape: Shape }[] {
  if (ts.isNewExpression(call)) {
    const callee = survey.shapes.callees.of(call)
    if (callee === null) return []
    return survey.shapes
      .librariesOf(callee.module)
      .flatMap((library) =>
        library.consumes
          .filter((shape) => shape.new.includes(callee.path))
          .map((shape) => ({ library, shape })),
      )
  }
  const outbound = survey.outboundAt(call)
  const library = outbound?.client.library
  return library
    ? library.consumes
        .filter((shape) => shape.call.includes(calleeName(call)))
        .map((shape) => ({ library, shape }))
    : []
}

function handlersIn(survey: Survey, call: Made, shape: Shape): TS.FunctionLikeDeclaration[] {
  const argument = call.arguments?.[shape.argument]
  if (!argument) return []
  const node = bare(argument)
  const handlers =
    shape.options.length === 0
      ? [functionOf(survey, node)]
      : ts.isObjectLiteralExpression(node)
        ? node.properties.map((property) => handlerOf(survey, property, shape.options))
        : []
  return handlers.filter(
    (handler) => handler?.body !== undefined && handler !== null,
  ) as TS.FunctionLikeDeclaration[]
}

function handlerOf(
  survey: Survey,
  property: TS.ObjectLiteralElementLike,
  options: string[],
): TS.FunctionLikeDeclaration | null {
  if (!property.name || !options.includes(textOf(property.name))) return null
  if (ts.isMethodDeclaration(property)) return property
  return ts.isPropertyAssignment(property) ? functionOf(survey, property.initializer) : null
}
