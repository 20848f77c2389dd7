import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { requestOf, type AnalyzeRequest } from '../src/analyze-request.js'
import type { AnalyzeOptions } from '../src/terminal.js'

let folder = ''
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'request-'))))
afterEach(() => rmSync(folder, { recursive: true }))

function request(options: Partial<AnalyzeOptions> = {}): AnalyzeRequest {
  const given = {
    format: ['json'],
    rules: [],
    prefilter: true,
    cache: false,
    render: false,
    inheritedIgnores: true,
    ...options,
  }
  return requestOf([folder], given, {
    arguments: [],
    environment: {},
    now: () => new Date('2026-11-01T00:00:00Z'),
    isTerminal: false,
    out: () => undefined,
    err: () => undefined,
  })
}

describe('a request', () => {
  it('is about the folder, now, unless somebody says otherwise', () => {
    expect(request()).toMatchObject({
      paths: [folder],
      asOf: '2026-11-01T00:00:00.000Z',
      subject: { name: basename(folder), revision: null, tier: null },
    })
    writeFileSync(join(folder, 'resilience.yaml'), 'subject: Shop\ntier: 1\n')
    expect(request({ asOf: new Date('2026-01-01T00:00:00Z') })).toMatchObject({
      asOf: '2026-01-01T00:00:00.000Z',
      subject: { name: 'Shop', tier: '1' },
    })
  })

  it.each([
    ['Lomash Wood', 'reports/lomash-wood'],
    ['../../etc/passwd', 'reports/etc-passwd'],
    ['日本', 'reports/report'],
    ['a'.repeat(5_000), `reports/${'a'.repeat(100)}`],
  ])('puts the reports of %s into a folder that can be', (subject, expected) => {
    writeFileSync(join(folder, 'resilience.yaml'), `subject: "${subject}"\n`)
    expect(request().folder).toBe(expected)
  })

  it('prints where no folder is wanted', () => expect(request({ output: '-' }).folder).toBeNull())
})
