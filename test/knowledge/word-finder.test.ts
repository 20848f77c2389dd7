import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WordFinder } from '../../src/knowledge/word-finder.js'

const LIST = [
  'next',
  'next step*',
  'last time',
  'avg.',
  'avg',
  'objectiv*',
  'objective',
  'Ø',
  '平均*',
  'p50',
  'no',
  'à la',
  '#1',
]

/** The list as one expression, which is what it means. */
function asExpression(list: string[]): RegExp {
  const alternatives = [...list]
    .sort((a, b) => b.length - a.length)
    .map((word) => {
      const stem = word.replace(/\*$/, '').replace(/[.]/g, '\\$&').replace(/ +/g, '[ _-]+')
      if (/\p{Script=Han}/u.test(word)) return stem
      const before = /^[\p{L}\p{N}]/u.test(word) ? '(?<![\\p{L}\\p{N}])' : ''
      if (word.endsWith('*')) return `${before}${stem}[\\p{L}]*`
      return `${before}${stem}${/[\p{L}\p{N}]$/u.test(word) ? '(?![\\p{L}\\p{N}])' : ''}`
    })
  return new RegExp(alternatives.join('|'), 'giu')
}

describe('words of a list', () => {
  it.each([
    ['the Next steps', 'Next steps'],
    ['LAST_TIME', 'LAST_TIME'],
    ['AVG. 4 s', 'AVG.'],
    ['an average', null],
    ['objectives2', 'objectives'],
    ['objective', 'objective'],
    ['平均値', '平均'],
    ['nothing', null],
    ['ano, no', 'no'],
  ])('%s: %s', (text, expected) => {
    const place = new WordFinder(LIST).find(text)
    expect(place && text.slice(place.index, place.index + place.length)).toBe(expected)
  })

  it('are found where one expression of them all finds them', () => {
    const pieces = fc.constantFrom(
      ...LIST.map((word) => word.replace('*', '')),
      ' ',
      '  ',
      '_',
      '-',
      '.',
      's',
      'É',
      '1',
      '𝐀',
      'x',
    )
    const texts = fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(texts, (text) => {
        const expected = [...text.matchAll(asExpression(LIST))].map(({ index, 0: found }) => ({
          index,
          length: found.length,
        }))
        const finder = new WordFinder(LIST)
        expect(finder.all(text)).toEqual(expected)
        expect(finder.find(text)).toEqual(expected[0] ?? null)
      }),
      { numRuns: 3000 },
    )
  })
})
