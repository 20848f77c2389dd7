/** What has to be asked of a list before it can be said that nothing limits it. */
import { codeWords } from '../../../../knowledge/code-words.js'
import { boundOf, mayBePart, originsOf } from './list-bounds.js'
import { shortAtNamesake } from './list-parameters.js'
import { limitWhereWritten } from './list-schemas.js'
import type { Survey } from '../survey/survey.js'
import { bare, enclosingFunction, some, sourceOf, textOf, ts, type TS } from '../syntax/syntax.js'

const PAGES = 'the function asks for a page of a list: is it this one, and how many items has a page?'

/** What would have to be known of a list that may be short for reasons which do not stand here. */
export function questionOf(list: TS.Expression, survey: Survey): string | null {
  if (isUnfollowed(list, survey)) return 'how long the list is could not be followed'
  if (mayBePart(list)) return 'by its name the list may be one part of a longer one: how long can it become?'
  const namesake = shortAtNamesake(list, survey, (given) => boundOf(given, given, survey) !== null)
  if (namesake) {
    const { path, line } = sourceOf(namesake)
    return `what may be a call of the function passes a short list (${path}:${line}): do all calls?`
  }
  const [limit] = originsOf(list).flatMap((origin) => limitWhereWritten(origin, survey) ?? [])
  if (!limit) return asksForPages(list, survey) ? PAGES : null
  const { path, line } = sourceOf(limit)
  return `a list of this name is limited where it is received (${path}:${line}): does every list that is read here pass that limit?`
}

/** `params: { 'X-Container-Size': size }`, before what came back is gone through. */
function asksForPages(list: TS.Expression, survey: Survey): boolean {
  const owner = enclosingFunction(list)
  return (
    owner !== null &&
    survey.resolver.resolve(list).kind !== 'parameter' &&
    some(
      owner,
      (node) =>
        node.end <= list.pos &&
        (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) &&
        codeWords().pageSizes.test(nameOf(node.name)),
    )
  )
}

function nameOf(name: TS.PropertyName): string {
  return ts.isStringLiteralLike(name) ? name.text : textOf(name)
}

/** The keys of something imported that is not here: settings, mostly. */
function isUnfollowed(list: TS.Expression, survey: Survey): boolean {
  const node = bare(list)
  if (
    !ts.isCallExpression(node) ||
    !/^Object\.(keys|values|entries)$/.test(node.expression.getText()) ||
    !node.arguments[0]
  )
    return false
  return /^(unknown|library|global)$/.test(survey.resolver.resolve(node.arguments[0]).kind)
}
