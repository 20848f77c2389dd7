import { describe, expect, it } from 'vitest'
import { commentBehind, ownComments, remarkedKeys } from '../../src/inputs/yaml/remarks.js'

const TEXT = [
  'slack:',
  '  channel: a',
  '  #api_url: <url>#',
  '',
  '# - token: x',
  'other:',
  '  # api_key: y',
].join('\n')

describe('keys in comments', () => {
  it('are those within a place and right behind it', () => {
    expect(remarkedKeys(TEXT, { line: 1, endLine: 2 })).toEqual(['api_url', 'token'])
    expect(remarkedKeys(TEXT, { line: 6, endLine: 6 })).toEqual(['api_key'])
  })

  it('are no sentences, and none where no comment stands', () => {
    expect(remarkedKeys('a: 1\n# the channel of the team: x', { line: 1, endLine: 1 })).toEqual([])
    expect(remarkedKeys('a: 1\nb: 2', { line: 1, endLine: 1 })).toEqual([])
  })
})

describe('the comment behind a value', () => {
  it.each([
    ['replicas: 1 #PROD# 3', '#PROD# 3'],
    ['  - image: shop/cart #imagetag  ', '#imagetag'],
    ['replicas: 1 # two, later # three', '# two, later # three'],
    ['replicas: 1', null],
    ['# replicas: 1', null],
    ['colour: a#b', null],
    ['text: "a #b"', null],
    ['list: [a, b] #c', null],
    ['text: |', null],
  ])('of %s is %s', (line, comment) => {
    const text = `a: 1\n${line}\nb: 2\n`
    expect(commentBehind(text, { line: 2 }, [0, 5, 5 + line.length + 1])).toBe(comment)
    expect(commentBehind(line, { line: 1 }, [0])).toBe(comment)
  })

  it('is none on a line that there is not', () => {
    expect(commentBehind('a: 1', { line: 3 }, [0])).toBeNull()
  })
})

describe('comments on lines of their own', () => {
  const starts = [...TEXT.matchAll(/^/gm)].map(({ index }) => index)

  it('are those within a place, without their marks', () => {
    expect(ownComments(TEXT, { line: 1, endLine: 7 }, starts)).toEqual([
      'api_url: <url>#',
      '- token: x',
      'api_key: y',
    ])
    expect(ownComments(TEXT, { line: 1, endLine: 2 }, starts)).toEqual([])
  })

  it('are one where their lines follow one another', () => {
    const text = 'a: 1 # one\r\n# two\r\n  ## three\r\nb: "#"\r\n# four'
    expect(ownComments(text, { line: 1, endLine: 5 }, [0, 12, 19, 31, 39])).toEqual(['two three', 'four'])
  })

  it('are none beyond the text', () => {
    expect(ownComments('# a', { line: 3, endLine: 4 }, [0])).toEqual([])
  })
})
