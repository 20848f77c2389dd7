/** Where a fact was seen. Every fact carries one from birth, so that every figure in a report leads back to it. */
export interface Source {
  /** Path relative to the analysed root, with `/`. */
  path: string
  /** 1-based; `endLine` is the last line of the thing seen. */
  line: number
  column: number
  endLine: number
  /** Credentials stand around it: its lines are not shown. */
  isConfidential?: true
  /** Place inside a JSON document, for journals: `$.run[0]`. */
  pointer?: string
}

/** Orders sources by path, line and column: the order of every list in a report. */
export function compareSources(a: Source, b: Source): number {
  return compareText(a.path, b.path) || a.line - b.line || a.column - b.column
}

/** Byte-wise order, independent of the machine's locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

export function formatSource(source: Source): string {
  return `${source.path}:${source.line}:${source.column}`
}
