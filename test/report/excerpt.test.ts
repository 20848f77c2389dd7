import { describe, expect, it } from 'vitest'
import { excerptOf, mask } from '../../src/report/excerpt.js'
import { at } from '../system/facts.js'

const lines = Array.from({ length: 40 }, (_, index) => `line ${index + 1}`)

describe('an excerpt', () => {
  it('shows two lines before and after', () => {
    expect(excerptOf(at('a.ts', 10), lines, [])).toEqual({ firstLine: 8, lines: lines.slice(7, 12) })
  })

  it('ends with the file, and is never longer than twelve lines', () => {
    expect(excerptOf(at('a.ts', 1), lines, [])).toEqual({ firstLine: 1, lines: lines.slice(0, 3) })
    expect(excerptOf(at('a.ts', 40), lines, [])).toEqual({ firstLine: 38, lines: lines.slice(37) })
    expect(excerptOf({ ...at('a.ts', 5), endLine: 39 }, lines, [])!.lines).toHaveLength(12)
  })

  it('does not exist for a place inside a journal, or a line that is not there', () => {
    expect(excerptOf({ ...at('a.json'), pointer: '$.run' }, lines, [])).toBeNull()
    expect(excerptOf(at('a.ts', 41), lines, [])).toBeNull()
  })

  it('cuts long lines after masking them', () => {
    const [line] = excerptOf(at('a.ts', 1), [`${'x'.repeat(150)} token: "abcdefghijklmnop"`], [])!.lines
    expect(line!.length).toBe(161)
    expect(line).not.toContain('abc')
  })
})

describe('what is masked', () => {
  it.each([
    ['password: "hunter2"', 'password: "***"'],
    ["apiKey = 'abc123'", "apiKey = '***'"],
    ['"client_secret": "abc"', '"client_secret": "***"'],
    ['postgres://shop:hunter2@db:5432/orders', 'postgres://shop:***@db:5432/orders'],
    ['redis://:hunter2@cache:6379', 'redis://:***@cache:6379'],
    ['stripe("sk_live_51Habc")', 'stripe("sk_live_***")'],
    ['Authorization: Bearer abc.def-ghi', 'Authorization: Bearer ***'],
  ])('%s', (text, masked) => {
    expect(mask(text, [])).toBe(masked)
  })

  it.each([
    'const timeout = 500',
    'token: process.env.TOKEN,',
    'const password = config.password',
    'password: string',
    'secretKeyRef:',
    'secretName: db-tls',
    'tokenize(text)',
    'https://example.com:443/a@b',
  ])('not %s', (text) => {
    expect(mask(text, [])).toBe(text)
  })

  it.each([
    ['  password: hunter2', '  password: ***'],
    ['  DB_PASSWORD: hunter2 # rotated', '  DB_PASSWORD: ***'],
    ['DB_PASSWORD=hunter2', 'DB_PASSWORD=***'],
    ['  - { name: API_TOKEN, value: abc123 }', '  - { name: API_TOKEN, value: *** }'],
  ])('%s, in a file of plain values', (text, masked) => {
    expect(excerptOf(at('k8s/a.yaml'), [text], [])!.lines).toEqual([masked])
    expect(excerptOf(at('a.ts'), [text], [])!.lines).toEqual([text])
  })

  it.each([
    'secretName: db-tls',
    'secretKeyRef:',
    'token:',
    'password: ${PASSWORD}',
    '- { name: PORT, value: 80 }',
  ])('not %s, in a file of plain values', (text) => {
    expect(excerptOf(at('k8s/a.yaml'), [text], [])!.lines).toEqual([text])
  })

  it('the value below a name outside of the excerpt', () => {
    const manifest = ['- name: API_TOKEN', '  value: abc', 'x:', 'y:', 'z:']
    expect(excerptOf(at('k8s/a.yaml', 4), manifest, [])).toEqual({
      firstLine: 2,
      lines: ['  value: ***', 'x:', 'y:', 'z:'],
    })
  })

  it('the value below a name that tells a secret', () => {
    const manifest = [
      '        - name: DB_PASSWORD',
      '          value: hunter2',
      '        - name: PORT',
      '          value: "80"',
    ]
    expect(excerptOf(at('k8s/a.yaml', 2), manifest, [])!.lines).toEqual([
      '        - name: DB_PASSWORD',
      '          value: ***',
      '        - name: PORT',
      '          value: "80"',
    ])
  })

  it('what the team wants masked, everywhere', () => {
    expect(mask('cust-123 and cust-456', [/cust-\d+/g])).toBe('*** and ***')
  })
})
