/** Places as the result writes them. */
import type { Source } from '../facts/source.js'
import type { Check } from './result.js'

type Place = Pick<Source, 'path' | 'line' | 'column' | 'endLine'>

export function place({ path, line, column, endLine }: Source): Place {
  return { path, line, column, endLine }
}

/** With the place inside a journal, where there is one. */
export function evidence(source: Source): Check['source'] {
  return source.pointer === undefined ? place(source) : { ...place(source), pointer: source.pointer }
}
