/** Places where the process listens: they make a package a service. */
import type { Server } from '../../../../facts/code.js'
import { codeWords } from '../../../../knowledge/code-words.js'
import { packageOf } from '../survey/practice.js'
import type { Survey } from '../survey/survey.js'
import { isFunction, some, sourceOf, ts, type TS } from '../syntax/syntax.js'

const LISTENS = /^(listen|bindAsync)$/

export function serversOf(survey: Survey): Server[] {
  const starting = new Map<TS.Node, string>()
  for (const { made, callee } of survey.ofLibraries) {
    const libraries = ts.isCallExpression(made) ? survey.shapes.librariesOf(callee.module) : []
    const library = libraries.find(({ listens }) => listens.includes(callee.path))
    if (library) starting.set(made, library.id)
  }
  for (const call of survey.callsNamed(LISTENS)) {
    const library = starting.has(call) ? null : listening(call, survey)
    if (library) starting.set(call, library)
  }
  return [...starting].map(([call, library]) => ({
    fact: 'server',
    source: sourceOf(call),
    package: packageOf(survey, call),
    library,
  }))
}

/** The library of the server that a call of a method starts; null when it starts none. */
function listening(call: TS.CallExpression, survey: Survey): string | null {
  const isOfOne = ts.isPropertyAccessExpression(call.expression) && call.arguments.length > 0
  return isOfOne ? serverLibrary(call.expression.expression, survey) : null
}

export function serverLibrary(expression: TS.Expression, survey: Survey): string | null {
  const found = survey.resolver.resolve(expression)
  if (found.kind === 'value' && (ts.isCallExpression(found.node) || ts.isNewExpression(found.node))) {
    const made = survey.resolver.resolve(found.node.expression)
    if (made.kind === 'library') {
      if (codeWords().makesServers.test(made.path))
        return survey.shapes.librariesOf(made.module)[0]?.id ?? made.module
      const library = survey.shapes.librariesOf(made.module).find(({ kind }) => kind === 'server')
      return library?.id ?? (codeWords().serverNames.test(expression.getText()) ? made.module : null)
    }
  }
  if (found.kind === 'value' && isFunction(found.node)) return null
  return codeWords().serverNames.test(expression.getText()) && importsServer(expression, survey)
    ? 'unknown'
    : null
}

function importsServer(node: TS.Node, survey: Survey): boolean {
  return some(node.getSourceFile(), (at) => {
    if (!ts.isImportDeclaration(at) || !ts.isStringLiteral(at.moduleSpecifier)) return false
    return (
      at.moduleSpecifier.text.startsWith('.') ||
      survey.shapes.librariesOf(at.moduleSpecifier.text).some(({ kind }) => kind === 'server')
    )
  })
}
