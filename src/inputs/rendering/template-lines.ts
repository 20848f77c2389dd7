/** Which line of a template gave which line of its output: by what they have in common, in order. */

/** Beyond, a comparison of all lines costs more than a place is worth. */
const MAX_CELLS = 4_000_000

const ACTION = /\{\{/
const KEY = /^(?:-[ \t]+)*(["']?[\w./-]+["']?[ \t]*:)(?:[ \t]|$)/
const BETWEEN = /^---/

/** One document of a template. */
interface Part {
  start: number
  lines: Line[]
  /** Texts and keys of its lines. */
  words: Set<string>
}

interface Line {
  text: string
  key: string | null
  /** Its whole text stands in the output as it is. */
  isPlain: boolean
}

/**
 * Of a template: for each line of an output (1-based; entry 0 is of none) a line of the template. A line that nothing tells
 * of gets the one before; what no part of the template resembles, such as an included definition, gets the first.
 */
export function linesOfTemplate(template: string): (output: string) => number[] {
  const parts = partsOf(template.split('\n').map(lineOf))
  return (output) => linesIn(parts, output.split('\n').map(lineOf))
}

function linesIn(all: Part[], to: Line[]): number[] {
  const parts = likeliest(all, to)
  const aligned = parts.map((part) => align(part.lines, to))
  const best = aligned.reduce(
    (most, candidate, index) => (candidate.score > aligned[most]!.score ? index : most),
    0,
  )
  const offset = parts[best]!.start
  const lines = [1]
  for (const index of to.keys()) {
    const found = aligned[best]!.pairs.get(index)
    lines.push(found === undefined ? lines.at(-1)! : found + offset + 1)
  }
  return lines
}

function lineOf(line: string): Line {
  const text = line.trim()
  return {
    text,
    key: KEY.exec(text)?.[1] ?? null,
    isPlain: text !== '' && !ACTION.test(text) && !text.startsWith('#'),
  }
}

/** A template of several documents: each object of the output comes from one of them. */
function partsOf(lines: Line[]): Part[] {
  const starts = [0, ...lines.flatMap(({ text }, index) => (BETWEEN.test(text) ? [index + 1] : []))]
  return starts.map((start, index) => {
    const own = lines.slice(start, starts[index + 1])
    const keys = own.flatMap(({ key }) => key ?? [])
    return { start, lines: own, words: new Set([...keys, ...own.map(({ text }) => text)]) }
  })
}

/** To align all parts with all outputs takes long for a template of hundreds of documents. */
const MAX_ALIGNED = 4

/** Those that have the most lines in common with the output, in their order. */
function likeliest(parts: Part[], to: Line[]): Part[] {
  if (parts.length <= MAX_ALIGNED) return parts
  const scored = parts.map(({ words }, index) => {
    const alike = to.filter(({ text, key }) => words.has(text) || (key !== null && words.has(key)))
    return { index, alike: alike.length }
  })
  const best = scored.sort((a, b) => b.alike - a.alike || a.index - b.index).slice(0, MAX_ALIGNED)
  return best.sort((a, b) => a.index - b.index).map(({ index }) => parts[index]!)
}

/** How sure it is that one line gave the other; 0 when it did not. */
function likeness(template: Line, output: Line): number {
  if (template.isPlain && template.text === output.text) return 3
  return template.key !== null && template.key === output.key ? 2 : 0
}

interface Alignment {
  score: number
  /** Index of the output to index of the template. */
  pairs: Map<number, number>
}

/** The longest common subsequence, weighted. */
function align(template: Line[], output: Line[]): Alignment {
  const [rows, columns] = [template.length, output.length]
  if (rows * columns > MAX_CELLS) return { score: 0, pairs: new Map() }
  const width = columns + 1
  const scores = new Uint32Array((rows + 1) * width)
  for (let row = rows - 1; row >= 0; row--)
    for (let column = columns - 1; column >= 0; column--) {
      const here = row * width + column
      const like = likeness(template[row]!, output[column]!)
      const taken = like === 0 ? 0 : scores[here + width + 1]! + like
      scores[here] = Math.max(scores[here + width]!, scores[here + 1]!, taken)
    }
  const pairs = new Map<number, number>()
  let [row, column] = [0, 0]
  while (row < rows && column < columns) {
    const here = row * width + column
    const like = likeness(template[row]!, output[column]!)
    if (like > 0 && scores[here] === scores[here + width + 1]! + like) pairs.set(column++, row++)
    else if (scores[here] === scores[here + width]) row++
    else column++
  }
  return { score: scores[0]!, pairs }
}
