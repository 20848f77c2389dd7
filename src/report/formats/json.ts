/** `report.json`: the result itself, with keys in the order of the contract, so that equal results are equal files. */
import type { Renderer } from '../renderer.js'
import { resultSchema, type Result } from '../result.js'

/** Of a long list so many are checked and written at a time: the whole of many runs would be held three times over. */
const ITEMS_AT_ONCE = 50

const json: Renderer = {
  name: 'json',
  extension: 'json',
  render: (result) => Promise.resolve([...pieces(result)].join('')),
  pieces,
}
export default json

function* pieces(result: Result): Generator<string> {
  let mark = '{'
  for (const [key, schema] of Object.entries(resultSchema.shape)) {
    // Asked for every value of a long list, a function costs more than all the rest of writing it.
    const sorted = key === 'system' ? sortGuards : undefined
    const entry = (value: unknown): string =>
      JSON.stringify({ [key]: schema.parse(value) }, sorted, 2).slice('{'.length, -'\n}'.length)
    const value = result[key as keyof Result]
    if (Array.isArray(value) && value.length > ITEMS_AT_ONCE) yield* listPieces(mark, value, entry)
    else yield mark + entry(value)
    mark = ','
  }
  yield '\n}\n'
}

/** Each piece is an entry with a part of the list, of which only the items are used but for the first and the last. */
function* listPieces(mark: string, list: unknown[], entry: (part: unknown[]) => string): Generator<string> {
  const end = '\n  ]'
  const start = entry([]).slice(0, -']'.length)
  for (let from = 0; from < list.length; from += ITEMS_AT_ONCE) {
    const text = entry(list.slice(from, from + ITEMS_AT_ONCE))
    const items = text.slice(start.length, -end.length)
    yield (from === 0 ? mark + start : ',') + items
  }
  yield end
}

/** Guards, of the system's dependencies, are the only object whose keys are data. */
function sortGuards(key: string, value: unknown): unknown {
  if (key !== 'guards' || typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
