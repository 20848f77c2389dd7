/** Options of jobs that are declared as such: `const options: JobsOptions = { attempts: 5 }`, `getOptions(): SendOptions { … }`. */
import type { Library } from '../../../../knowledge/libraries.js'
import type { JobRetries } from '../../../../knowledge/libraries/messages.js'
import type { Survey } from '../survey/survey.js'
import type { Lookup } from '../values/lookups.js'
import { returnedBy } from '../syntax/assignments.js'
import { bare, isFunction, textOf, ts, walk, type TS } from '../syntax/syntax.js'

export interface Options {
  facts: JobRetries
  given: TS.Expression[]
  /** Null where a wait may come from somewhere that is not seen. */
  inherited: Lookup | null
}

export const namesOneOf = ({ modules }: JobRetries, text: string): boolean =>
  modules.some((name) => text.includes(`'${name}'`) || text.includes(`"${name}"`))

export function declaredOptions(libraries: Library[], { files }: Survey): Options[] {
  return libraries.flatMap(({ jobRetries: facts }) =>
    facts === undefined || facts.types.length === 0
      ? []
      : files
          .filter(({ tree }) => importsOneOf(facts, tree))
          .flatMap(({ tree }) => objectsDeclaredAs(facts.types, tree))
          // What all queues have may add to it, and is not joined with it here.
          .map((object) => ({ facts, given: [object], inherited: facts.shared === undefined ? NONE : null })),
  )
}

const NONE: Lookup = { state: 'none' }

export function importsOneOf({ modules }: { modules: string[] }, { statements }: TS.SourceFile): boolean {
  return statements.some(
    (statement) =>
      ts.isImportDeclaration(statement) &&
      ts.isStringLiteralLike(statement.moduleSpecifier) &&
      modules.includes(statement.moduleSpecifier.text),
  )
}

function objectsDeclaredAs(types: string[], tree: TS.SourceFile): TS.ObjectLiteralExpression[] {
  const found: TS.ObjectLiteralExpression[] = []
  const isOne = (type: TS.TypeNode | undefined): boolean =>
    type !== undefined && ts.isTypeReferenceNode(type) && types.includes(textOf(type.typeName))
  walk(tree, (node) => {
    if ((ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node)) && isOne(node.type))
      found.push(...objectsIn([node.initializer]))
    if (isFunction(node) && node.body && isOne(node.type))
      found.push(...objectsIn(ts.isBlock(node.body) ? returnedBy(node.body) : [node.body]))
  })
  return found
}

function objectsIn(values: (TS.Expression | undefined)[]): TS.ObjectLiteralExpression[] {
  return values.flatMap((value) => {
    const node = value && bare(value)
    return node && ts.isObjectLiteralExpression(node) ? [node] : []
  })
}
