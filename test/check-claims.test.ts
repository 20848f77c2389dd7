/** The command on documents as they come: sound, contradictory, broken. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { claimsSchema, type DocumentClaims } from '../src/claims/claim.js'
import { run } from '../src/command-line.js'
import { loadPolicies } from '../src/knowledge/policies.js'
import { writtenAlertRules } from '../src/knowledge/alerts/written-alerts.js'
import { loadCatalogue } from '../src/rules/catalogue.js'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'check-claims-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function call(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', '']
  const code = await run({
    arguments: ['check-claims', ...args],
    environment: { NO_COLOR: '1' },
    now: () => new Date('2026-11-01T00:00:00Z'),
    isTerminal: false,
    out: (text) => void (out += String(text)),
    err: (text) => void (err += String(text)),
  })
  return { code, out, err }
}

function document(content: string | Uint8Array): string {
  const path = join(folder, 'report.md')
  writeFileSync(path, content)
  return path
}

const MONTHLY = 'test/claims/monthly.md'

describe('check-claims', () => {
  it('says of a whole report what it said before', async () => {
    const { code, out } = await call(MONTHLY, '-f', 'markdown')
    expect(code).toBe(1)
    await expect(out).toMatchFileSnapshot('claims/monthly.claims.md')
  })

  it('prints the JSON of the contract', async () => {
    const { code, out } = await call(MONTHLY, '-f', 'json', '-o', '-')
    expect(code).toBe(1)
    const { document, claims } = claimsSchema.parse(JSON.parse(out))
    expect(document).toBe(MONTHLY)
    expect(claims.every((claim, index) => index === 0 || claims[index - 1]!.line <= claim.line)).toBe(true)
  })

  it('ends with 0 when nothing is contradicted', async () => {
    const path = document('| Scenario | Runs |\n|---|---|\n| a | 1 |\n| b | 2 |\n| Total | 3 |\n')
    expect(await call(path)).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringContaining('0 contradicted, 0 unsupported, 1 consistent') as string,
    })
  })

  it('takes several documents and writes into a folder', async () => {
    const { code } = await call(MONTHLY, document('# Nothing\n'), '-o', join(folder, 'out'))
    expect(code).toBe(1)
    const written = JSON.parse(readFileSync(join(folder, 'out', 'claims.json'), 'utf8')) as DocumentClaims[]
    expect(written.map(({ claims }) => claims.length > 0)).toEqual([true, false])
    expect(readFileSync(join(folder, 'out', 'claims.md'), 'utf8')).toContain('states no figure')
  })

  it.each([
    ['empty', ''],
    ['without tables', 'Just words.\n'],
    ['control characters', '\u001b[31mred\u001b[0m 3 of 4 runs (99%)\n'],
  ])('an %s document is read', async (_, content) => {
    const { code, out } = await call(document(content))
    expect([0, 1]).toContain(code)
    expect(out).not.toContain('\u001b')
  })

  it.each([
    ['binary', Buffer.from([0x89, 0x50, 0, 0, 1]), 'is not text'],
    ['10 MB', Buffer.alloc(10_000_000, 'a b\n'), 'are no written report'],
    [
      'more headings than any report has',
      Buffer.from('## Phase 1 (2 h)\n\nText\n\n'.repeat(20_000)),
      '20001 headings and lists, 20000 lines and 0 tables are no written report; divide it',
    ],
  ])('a document that is %s is refused with its name', async (_, content, why) => {
    const path = document(content)
    const { code, err } = await call(path)
    expect([code, err]).toEqual([2, expect.stringContaining(why)])
    expect(err).toContain(path)
  })

  it.each([
    ['a long table', `| Scenario | Runs |\n|---|---|\n${'| a | 1 |\n'.repeat(20_000)}| Total | 20000 |\n`],
    ['a long list', '- run 12 s, average 3 s (4/5 runs, 80%)\n'.repeat(5_000)],
    ['many headings', '# Drill (3 tests)\naverage recovery 4 s\n\n'.repeat(2_000)],
    ['one long paragraph', 'para line 12 s\n'.repeat(20_000)],
    ['deep quotes', `${'>'.repeat(5_000)} 9 s\n`],
    ['a long line', `${'9 s average '.repeat(100_000)}\n`],
    [
      'a long chain of retries',
      `\`\`\`\n500 for 10% of requests\n${'3 retries\n3x load\n'.repeat(12_000)}\`\`\`\n`,
    ],
    ['a command of many flags', `\`\`\`bash\nkubectl delete pod ${'-a b '.repeat(2_000)}x*\n\`\`\`\n`],
    ['many blocks of alerts', '```yaml\n- alert: A\n  expr: up == 0\n```\n\n'.repeat(3_000)],
    ['many times', 'The outage lasted from 12:00 to 12:47 on 2026-03-02.\n\n'.repeat(3_000)],
    ['many limits', '# Scenario 1\n- times out within 5 s\n\n'.repeat(2_000)],
  ])('%s ends soon', { timeout: 30_000 }, async (_, content) => {
    const { code } = await call(document(content), '--quiet')
    expect([0, 1, 2]).toContain(code)
  })

  it('names what it cannot open, and formats that it has not', async () => {
    expect(await call('nowhere.md')).toMatchObject({
      code: 2,
      err: expect.stringContaining('nowhere.md: cannot be read') as string,
    })
    expect(await call(MONTHLY, '-f', 'pdf')).toMatchObject({
      code: 2,
      err: expect.stringContaining('json, markdown') as string,
    })
    expect(await call(MONTHLY, '-f', 'json,markdown')).toMatchObject({ code: 2 })
  })
})

it('a paragraph of brackets is read in the time of any other', async () => {
  const began = performance.now()
  const { code } = await call(document('['.repeat(200_000)))
  expect(code).toBe(0)
  expect(performance.now() - began).toBeLessThan(5000)
})

describe('alert rules that a document writes', () => {
  const rules = (...lines: string[]): string =>
    ['# Alerts', '', 'Those of the shop:', '', '```yaml', ...lines, '```', ''].join('\n')
  const claimsOf = async (text: string): Promise<DocumentClaims['claims']> => {
    const { out } = await call(document(text), '-f', 'json')
    return claimsSchema.parse(JSON.parse(out)).claims
  }

  it('are judged as those of rule files, at their lines', async () => {
    const claims = await claimsOf(
      rules(
        '- alert: PodRestarts',
        '  expr: rate(kube_pod_container_status_restarts_total[15m]) > 0.1',
        '- alert: PodsRestartSometimes',
        '  expr: rate(kube_pod_container_status_restarts_total[15m]) > 0.002',
      ),
    )
    expect(claims).toMatchObject([{ line: 7, kind: 'alert', verdict: 'contradicted' }])
    expect(claims[0]!.arithmetic).toContain('90 in its window of 15 min')
  })

  it('count whole rule files as well, and what is no YAML counts for nothing', async () => {
    const whole = rules(
      'groups:',
      '  - name: shop',
      '    rules:',
      '      - alert: Never',
      '        expr: up == 0 and up == 1',
    )
    expect(await claimsOf(whole)).toMatchObject([{ line: 10, verdict: 'contradicted' }])
    expect(await claimsOf(rules('- alert: {{ name }}', '  expr: [up'))).toEqual([])
  })

  it('say when an incident began at the latest', async () => {
    const text = `${rules('- alert: HighErrorRate', '  expr: error_ratio > 0.01', '  for: 3m')}
**Duration:** 47 minutes (2026-03-02, 12:00 to 12:47)

| Time | Event |
|---|---|
| 12:00 | Alert: high error rate |
| 12:47 | resolved |
`
    const claims = await claimsOf(text)
    expect(claims.filter(({ kind }) => kind === 'start')).toMatchObject([
      { stated: '12:00', recomputed: '11:57 at the latest', verdict: 'contradicted' },
    ])
  })

  it('leave a criterion open that none of them looks at', async () => {
    const severities = '\n## SEV-2\n\n- Errors above 5%, P95 > 2s\n'
    const alerts = ['Errors', 'Queue', 'Disk'].flatMap((name) => [
      `- alert: ${name}`,
      `  expr: ${name} > 0.05`,
    ])
    expect(await claimsOf(rules(...alerts) + severities)).toContainEqual(
      expect.objectContaining({ stated: 'P95 > 2s', verdict: 'unsupported' }),
    )
    const slow = ['- alert: Slow', '  expr: histogram_quantile(0.95, rate(seconds_bucket[5m])) > 2']
    const claims = await claimsOf(rules(...alerts, ...slow) + severities)
    expect(claims.filter(({ stated }) => stated === 'P95 > 2s')).toEqual([])
  })

  it('by rules that the catalogue has', () => {
    const { contradicted, unsupported } = writtenAlertRules()
    const ids = loadCatalogue(loadPolicies().patterns).rules.map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining([...contradicted, ...unsupported]))
  })
})
