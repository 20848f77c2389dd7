/** Words and phrases of one list in a text: whole words, whatever their case; `*` stands for any ending. */

export interface Place {
  index: number
  length: number
}

/** Chinese and Japanese do not set words apart. */
const HAN = /[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}]/u
const WORD_STARTS = /(?<![\p{L}\p{N}])/uy
const WORD_ENDS = /(?![\p{L}\p{N}])/uy
const LETTERS = /\p{L}*/uy

/** Of a long list few words stand in a text: only those are looked for as expressions, which are slow to compile. */
export class WordFinder {
  /** The longest first: of those that begin at one place it counts. */
  readonly #words: Phrase[]

  constructor(words: string[]) {
    this.#words = [...words].sort((a, b) => b.length - a.length).map((word) => new Phrase(word))
  }

  /** The first place. */
  find(text: string): Place | null {
    let first: Place | null = null
    const lower = text.toLowerCase()
    for (const word of this.#words) {
      const place = word.find(text, lower, 0)
      if (place && (first === null || place.index < first.index)) first = place
    }
    return first
  }

  /** Every place; what begins within another counts as a part of it. */
  all(text: string): Place[] {
    const lower = text.toLowerCase()
    const places = this.#words.flatMap((word) => word.all(text, lower)).sort((a, b) => a.index - b.index)
    let end = 0
    return places.filter(({ index, length }) => {
      if (index < end) return false
      end = index + length
      return true
    })
  }
}

class Phrase {
  /** What a text in lower case holds wherever it holds the phrase. */
  readonly #firstWord: string
  readonly #stem: string
  readonly #startsWord: boolean
  readonly #end: 'any' | 'letters' | 'word'
  #expression: RegExp | undefined

  constructor(written: string) {
    this.#stem = written.replace(/\*$/, '')
    this.#firstWord = this.#stem.toLowerCase().split(' ', 1)[0]!
    const setApart = !HAN.test(written)
    this.#startsWord = setApart && /^[\p{L}\p{N}]/u.test(written)
    const endsOpen = setApart && written.endsWith('*')
    this.#end = endsOpen ? 'letters' : setApart && /[\p{L}\p{N}]$/u.test(written) ? 'word' : 'any'
  }

  /** The first place from an index on. */
  find(text: string, lower: string, from: number): Place | null {
    if (!lower.includes(this.#firstWord)) return null
    const expression = (this.#expression ??= expressionOf(this.#stem))
    expression.lastIndex = from
    for (let match = expression.exec(text); match !== null; match = expression.exec(text)) {
      const [{ index }, end] = [match, match.index + match[0].length]
      const starts = !this.#startsWord || endOf(WORD_STARTS, text, index) !== null
      if (starts && this.#end === 'letters') return { index, length: endOf(LETTERS, text, end)! - index }
      if (starts && (this.#end === 'any' || endOf(WORD_ENDS, text, end) !== null))
        return { index, length: end - index }
      expression.lastIndex = index + 1
    }
    return null
  }

  all(text: string, lower: string): Place[] {
    const places: Place[] = []
    for (let from = 0; ;) {
      const place = this.find(text, lower, from)
      if (!place) return places
      places.push(place)
      from = place.index + place.length
    }
  }
}

/** Whatever sets the words of a phrase apart. */
function expressionOf(stem: string): RegExp {
  return new RegExp(stem.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ +/g, '[ _-]+'), 'giu')
}

/** Where an expression that is to match at one place ends; null where it does not match. */
function endOf(sticky: RegExp, text: string, at: number): number | null {
  sticky.lastIndex = at
  const match = sticky.exec(text)
  return match && match.index + match[0].length
}
