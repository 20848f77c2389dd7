/** Forecasts: how far predict_linear() looks ahead, and from how much of the past. */
import type { Query } from '../../facts/alert.js'
import { parseDuration } from '../../facts/units.js'
import { asCall, type Expression } from './expression.js'
import { constantOf } from './constants.js'

export function forecastsIn({ node, text }: Expression): Query['forecasts'] {
  const found: Query['forecasts'] = []
  node.forEach((below) => {
    const call = below.name === 'FunctionCall' ? asCall({ node: below, text }) : null
    if (call?.name !== 'predict_linear') return
    const [range, ahead] = call.arguments
    const written = range?.node.getChild('DurationExpr')
    const windowSeconds = written ? parseDuration(text.slice(written.from, written.to)) : null
    const horizonSeconds = ahead ? constantOf(ahead) : null
    if (windowSeconds !== null && horizonSeconds !== null) found.push({ windowSeconds, horizonSeconds })
  })
  return found
}
