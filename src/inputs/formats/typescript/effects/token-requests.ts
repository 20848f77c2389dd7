/** Requests for an access token, which may be asked for again: nothing but a second token comes of it. */
import { codeWords } from '../../../../knowledge/code-words.js'
import type { OutboundCall, Survey } from '../survey/survey.js'
import { enclosingFunction } from '../syntax/syntax.js'
import { pathEndOf } from '../values/path-ends.js'
import { urlsOf } from '../values/targets.js'

export function asksForToken({ node, shape }: OutboundCall, { resolver }: Survey): boolean {
  const { tokenPaths, tokenRequests, spentGrants } = codeWords()
  const paths = urlsOf(shape.target, node.arguments, resolver)
    .map((url) => pathEndOf(url, resolver).text)
    .filter((path) => tokenPaths.test(path))
  if (paths.length === 0) return false
  const said = `${paths.join(' ')} ${(enclosingFunction(node) ?? node).getText()}`
  return tokenRequests.test(said) && !spentGrants.test(said)
}
