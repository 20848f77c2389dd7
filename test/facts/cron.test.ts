import { describe, expect, it } from 'vitest'
import { runsAtMostDaily } from '../../src/facts/cron.js'

describe('a schedule names at most one time of each day', () => {
  it.each([
    ['0 3 * * *', true],
    ['30 2 * * 0', true],
    ['TZ=Europe/Berlin 0 3 1 * *', true],
    ['CRON_TZ=UTC 0 3 * * *', true],
    ['@daily', true],
    ['@every 48h', true],
    ['@every 24h', true],
    ['@every 90m', false],
    ['@hourly', false],
    ['*/5 * * * *', false],
    ['0 * * * *', false],
    ['0 2,14 * * *', false],
    ['0 */12 * * *', false],
    ['@every soon', null],
    ['@sometimes', null],
    ['0 3 * *', null],
    ['{{ .Values.schedule }}', null],
    ['', null],
  ])('%s: %s', (schedule, answer) => {
    expect(runsAtMostDaily(schedule)).toBe(answer)
  })
})
