/** Sentences of running text, over the lines on which they are written. */
import type { Document, Section, TextLine } from './document.js'

export interface Sentence {
  text: string
  /** Where it begins. */
  line: number
  section: Section
  /** Sentences of one paragraph or list item share it. */
  paragraph: number
}

const LONGEST = 500
/** More lines of one paragraph are a log or a dump. */
const MOST_LINES = 60

/** A full stop after a short word or a day of the month ends nothing: `ca. 30 s`, `13. Oktober`. */
const END =
  /(?<=(?:\p{L}{4}|[\p{L}\p{N}][%)"”»]|\d \p{L}{1,3}|\d(?:ms|s|m|min|h|d)|\d\s?[ap]m|\p{Lu}{2}|\d{3}|\p{N}\.\p{N}+|\)|%)[.!?…])\s+(?=[\p{Lu}\p{N}"„“«¿¡(])/u

/** A line of a log is a sentence of its own. */
const ENTRY = /^[^\p{L}\p{N}]*(?:\d{4}-\d{2}-\d{2}[T ])?\d{1,2}:\d{2}/u

export function sentencesIn(document: Document): Sentence[] {
  return paragraphsIn(document).flatMap((lines, paragraph) => {
    const text = lines.map((line) => line.text.trim()).join(' ')
    let at = 0
    return text.split(END).flatMap((sentence) => {
      const index = text.indexOf(sentence, at)
      at = index + sentence.length
      const { line, section } = lineAt(lines, index)
      return sentence.length > LONGEST ? [] : [{ text: sentence, line, section, paragraph }]
    })
  })
}

/** Lines of one block, a list item with what goes on below it. */
function paragraphsIn({ lines }: Document): TextLine[][] {
  const paragraphs: TextLine[][] = []
  let before: TextLine | undefined
  for (const line of lines) {
    const goesOn =
      before &&
      !line.isItem &&
      !ENTRY.test(line.text) &&
      before.line === line.line - 1 &&
      (before.block === line.block || (before.isItem && line.section.line === before.line))
    if (line.isCode) before = undefined
    else {
      if (goesOn) paragraphs.at(-1)!.push(line)
      else paragraphs.push([line])
      before = line
    }
  }
  return paragraphs.filter((paragraph) => paragraph.length <= MOST_LINES)
}

function lineAt(lines: TextLine[], index: number): TextLine {
  let end = 0
  for (const line of lines) {
    end += line.text.trim().length + 1
    if (index < end) return line
  }
  return lines.at(-1)!
}
