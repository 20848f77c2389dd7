import { describe, expect, it } from 'vitest'
import { remarkedKeys } from '../../src/inputs/yaml/remarks.js'

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
