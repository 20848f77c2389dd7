import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  configurationSchema,
  DEFAULT_CONFIGURATION,
  loadConfiguration,
} from '../../src/knowledge/configuration.js'
import { UserError } from '../../src/knowledge/load.js'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'configuration-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function write(text: string, path = 'resilience.yaml'): string {
  const file = join(folder, path)
  writeFileSync(file, text)
  return file
}

/** `line:column message` of each fault in a configuration. */
function faults(text: string): string[] {
  const file = write(text)
  try {
    loadConfiguration(file, folder)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return error.message.split('\n').map((line) => line.slice(file.length + 1))
  }
  return []
}

describe('where the configuration comes from', () => {
  it('the first path, or the nearest folder above it', () => {
    mkdirSync(join(folder, 'services/cart/src'), { recursive: true })
    write('subject: whole\n')
    write('subject: cart\n', 'services/cart/resilience.yaml')
    const subjectFrom = (path: string): string | undefined =>
      loadConfiguration(undefined, join(folder, path)).value.subject
    expect(subjectFrom('.')).toBe('whole')
    expect(subjectFrom('services')).toBe('whole')
    expect(subjectFrom('services/cart/src')).toBe('cart')
  })

  it('beside the first path, when that is a file', () => {
    write('subject: whole\n')
    const file = write('x', 'alerts.yaml')
    expect(loadConfiguration(undefined, file)).toMatchObject({
      file: join(folder, 'resilience.yaml'),
      value: { subject: 'whole' },
    })
  })

  it('the file named, which has to exist', () => {
    write('subject: whole\n')
    const other = write('subject: other\n', 'other.yaml')
    expect(loadConfiguration(other, folder).value.subject).toBe('other')
    expect(() => loadConfiguration('nowhere.yaml', folder)).toThrow(
      'nowhere.yaml: no such configuration file; check --config',
    )
  })

  it('nowhere: the defaults, as for a file of comments', () => {
    expect(loadConfiguration(write('# later\n'), folder).value).toEqual(DEFAULT_CONFIGURATION)
    expect(DEFAULT_CONFIGURATION).toMatchObject({
      policies: { freshnessDays: 30, requiredEnvironment: 'staging' },
      waivers: [],
      redact: [],
    })
  })
})

describe('durations and dates', () => {
  it('are seconds, as a number or with units', () => {
    const { objectives, policies, prometheus } = configurationSchema.parse({
      objectives: { recoverySeconds: '1m30s' },
      policies: { severityResponse: { 'SEV-1': '5m', 'SEV-2': 3600 } },
      prometheus: { scrapeInterval: '500ms' },
    })
    expect(objectives.recoverySeconds).toBe(90)
    expect(policies.severityResponse).toEqual({ 'SEV-1': 300, 'SEV-2': 3600 })
    expect(prometheus.scrapeInterval).toBe(0.5)
  })

  it.each(['soon', '5 m', '-5s', ''])('%j is no duration', (text) => {
    expect(faults(`objectives:\n  recoverySeconds: "${text}"\n`)).toEqual([
      `2:20 objectives.recoverySeconds: "${text}" is no duration; write seconds or 90s, 5m, 1h`,
    ])
  })

  it.each([
    ['-5', '-5 is negative, a duration is not; write seconds or 90s, 5m, 1h'],
    ['.nan', '.nan is no duration; write seconds or 90s, 5m, 1h, and leave out what was not measured'],
    ['.inf', '.inf is no duration; write seconds or 90s, 5m, 1h'],
    ['[5]', 'must be a duration; write seconds or 90s, 5m, 1h'],
  ])('%s is none either', (text, message) => {
    expect(faults(`objectives:\n  recoverySeconds: ${text}\n`)[0]).toContain(message)
  })

  it('a waiver’s date is a date', () => {
    const waiver = (expires: string): string =>
      `waivers:\n  - rule: r\n    where: w\n    reason: because\n    owner: me\n    expires: ${expires}\n`
    expect(faults(waiver('2027-01-31'))).toEqual([])
    for (const wrong of ['soon', '31.01.2027', '2027-13-01', '2027-02-30', '2027']) {
      expect(faults(waiver(`"${wrong}"`))).toEqual(['6:14 waivers.0.expires: must be a date, YYYY-MM-DD'])
    }
  })
})

describe('what a configuration may not say', () => {
  it.each([
    ['a key that does not exist', 'subject: a\nexcludes: [b]\n', '2:1 Unrecognized key: "excludes"'],
    [
      'a waiver without an owner',
      'waivers:\n  - { rule: r, where: w, reason: because, expires: 2027-01-01 }\n',
      '2:5 waivers.0.owner: Invalid input: expected string, received undefined',
    ],
    [
      'a severity that does not exist',
      'gate: { failOn: fatal }\n',
      '1:17 gate.failOn: Invalid option: expected one of "critical"|"high"|"medium"|"low"|"none"',
    ],
    [
      'an objective above 100 %',
      'objectives: { slo: 100 }\n',
      '1:20 objectives.slo: Too big: expected number to be <100',
    ],
  ])('%s', (_, text, fault) => {
    expect(faults(text)).toEqual([fault])
  })

  it.each(['', '   '])('a waiver for the reason %j', (reason) => {
    const text = `waivers:\n  - { rule: r, where: w, reason: "${reason}", owner: me, expires: 2027-01-01 }\n`
    expect(faults(text)[0]).toMatch(/^2:34 waivers\.0\.reason: /)
  })

  it('a redaction that is no regular expression', () => {
    expect(faults('redact:\n  - "shop-[0-9]+"\n  - "(secret"\n')).toEqual([
      '3:5 redact.1: is no regular expression; check its brackets',
    ])
  })

  it.each([
    ['subject: " "\n', '1:10 subject: must not be empty; leave it out to use the name of the folder'],
    ['components: [{ id: "" }]\n', '1:20 components.0.id: must not be empty'],
    ['components: [{ id: a }, { id: a }]\n', '1:31 components.1.id: "a" is declared already'],
    [
      'components: [{ id: a, aliases: [x] }, { id: b, aliases: [x] }]\n',
      '1:58 components.1.aliases.0: "x" is a name of a already',
    ],
    [
      'rules: { some-rule: { severity: extreme } }\n',
      '1:21 rules.some-rule: its severity must be one of critical, high, medium, low',
    ],
    [
      'rules: { some-rule: on }\n',
      '1:21 rules.some-rule: must be off, or a mapping such as { severity: high }, with the parameters of the rule',
    ],
  ])('%j', (text, fault) => {
    expect(faults(text)).toEqual([fault])
  })

  it('but an alias may repeat the id, or itself', () => {
    expect(faults('components: [{ id: a, aliases: [a, b, b] }]\n')).toEqual([])
  })

  it('everything wrong at once, each at its place', () => {
    expect(faults('tier: []\nobjectives: { slo: 0 }\n').map((fault) => fault.split(' ')[0])).toEqual([
      '1:7',
      '2:20',
    ])
  })
})
