/** `report.json`: the result itself, with keys in the order of the contract, so that equal results are equal files. */
import type { Renderer } from '../renderer.js'
import { resultSchema } from '../result.js'

const json: Renderer = {
  name: 'json',
  extension: 'json',
  render: (result) => Promise.resolve(`${JSON.stringify(resultSchema.parse(result), sortGuards, 2)}\n`),
}

/** Guards are the only object whose keys are data. */
function sortGuards(key: string, value: unknown): unknown {
  if (key !== 'guards' || typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

export default json
