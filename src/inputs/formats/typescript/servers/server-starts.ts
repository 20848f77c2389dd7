/** Who starts a server: the packages whose code, on being loaded, leads to the place where it listens. */
import { callersOf } from '../survey/named-callers.js'
import { classMadeBy } from '../values/library-classes.js'
import { packageOf } from '../survey/practice.js'
import type { Made } from '../values/callees.js'
import type { Survey } from '../survey/survey.js'
import { enclosingFunction, ts, type TS, functionName } from '../syntax/syntax.js'

/** Empty where none was seen to: a library that leaves it to its users. */
export function startersOf(place: TS.Node, survey: Survey): Set<string> {
  const packages = new Set<string>()
  const seen = new Set<TS.Node>()
  const waiting = [place]
  for (const at of waiting) {
    const owner = calledByName(at)
    if (owner === null) packages.add(packageOf(survey, at))
    else if (!seen.has(owner)) {
      seen.add(owner)
      waiting.push(...callsOf(owner, survey))
    }
  }
  return packages
}

/** Calls of a function by its name, of a constructor the places that make an object with it. */
export function callsOf(owner: TS.FunctionLikeDeclaration, survey: Survey): Made[] {
  if (!ts.isConstructorDeclaration(owner)) return callersOf(owner, survey)
  return survey.files
    .flatMap(({ made }) => made)
    .filter((made) => ts.isNewExpression(made) && classMadeBy(made, survey.resolver) === owner.parent)
}

/** The function around that others call; one without a name runs where it stands. */
export function calledByName(node: TS.Node): TS.FunctionLikeDeclaration | null {
  let at = enclosingFunction(node)
  while (at && !ts.isConstructorDeclaration(at) && functionName(at) === '') at = enclosingFunction(at)
  return at
}
