/** Classes of the project that extend a class of a library: `class Store extends Redis`. */
import { baseOf } from './object-members.js'
import type { Resolved } from '../modules/resolved.js'
import { classAround, some, ts, type TS } from '../syntax/syntax.js'

type Made = TS.CallExpression | TS.NewExpression

interface Following {
  resolve(expression: TS.Expression): Resolved
}

const MAX_BASES = 4

/** The class of a library that `new Store()` or `super()` makes an object of, where no constructor in between gives its own arguments. */
export function libraryMadeBy(made: Made, following: Following): Resolved | null {
  if (made.expression.kind === ts.SyntaxKind.SuperKeyword) {
    const owner = classAround(made)
    // Of several alternatives the first stands for all: they make one object.
    return owner && superCallOf(owner, following) === made ? baseOfLibrary(owner, following) : null
  }
  const owner = ts.isNewExpression(made) ? classMadeBy(made, following) : null
  return owner && !constructorOf(owner) ? baseOfLibrary(owner, following) : null
}

/** The class that `new` makes an object of; `new this()` of a static method that of its own. */
export function classMadeBy(made: TS.NewExpression, following: Following): TS.ClassLikeDeclaration | null {
  const found = following.resolve(made.expression)
  if (found.kind === 'instance' && made.expression.kind === ts.SyntaxKind.ThisKeyword) return found.of
  return found.kind === 'value' && ts.isClassLike(found.node) ? found.node : null
}

/** The `super()` that gives an object of a class its arguments; null where no constructor of the project does. */
export function superCallOf(owner: TS.ClassLikeDeclaration, following: Following): TS.CallExpression | null {
  for (const at of withBases(owner, following)) {
    const constructor = constructorOf(at)
    if (constructor && !baseOf(at, following)) return superCallIn(constructor)
    if (constructor && baseOfLibrary(at, following)) return superCallIn(constructor)
  }
  return null
}

export function baseOfLibrary(owner: TS.ClassLikeDeclaration, following: Following): Resolved | null {
  for (const at of withBases(owner, following)) {
    if (at !== owner && constructorOf(at)) return null
    const clause = at.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)
    const found = clause?.types[0] ? following.resolve(clause.types[0].expression) : null
    if (found?.kind === 'library') return found
  }
  return null
}

function withBases(owner: TS.ClassLikeDeclaration, following: Following): TS.ClassLikeDeclaration[] {
  const all: TS.ClassLikeDeclaration[] = []
  for (
    let at: TS.ClassLikeDeclaration | null = owner;
    at && all.length < MAX_BASES && !all.includes(at);
    at = baseOf(at, following)
  )
    all.push(at)
  return all
}

function constructorOf(owner: TS.ClassLikeDeclaration): TS.ConstructorDeclaration | undefined {
  return owner.members.find(ts.isConstructorDeclaration)
}

/** Only a class that extends another has one. */
function superCallIn(constructor: TS.ConstructorDeclaration): TS.CallExpression | null {
  let call: TS.CallExpression | null = null
  if (!constructor.parent.heritageClauses) return null
  some(constructor, (node) => {
    if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.SuperKeyword) return false
    call = node
    return true
  })
  return call
}
