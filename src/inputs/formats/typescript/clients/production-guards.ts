/** Guards where they matter: of code that runs in production. */
import type { Guard } from '../../../../facts/code.js'
import { plain } from '../values/guard-values.js'
import { awayFromProduction } from '../values/production.js'
import type { Survey } from '../survey/survey.js'
import type { TS } from '../syntax/syntax.js'
import type { Guards } from '../survey/wrappers.js'

/** What a call or client lacks that does not run in production is no finding. */
export function inProduction(guards: Guards, node: TS.Node, { resolver }: Survey): Guards {
  const isMissing = ({ state }: Guard): boolean => state === 'absent' || state === 'inert'
  const away = Object.values(guards).some(isMissing) ? awayFromProduction(node, resolver) : null
  if (away === null) return guards
  return Object.fromEntries(
    Object.entries(guards).map(([pattern, guard]) => [
      pattern,
      isMissing(guard) ? plain('unknown', away) : guard,
    ]),
  )
}
