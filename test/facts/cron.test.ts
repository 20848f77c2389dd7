import { describe, expect, it } from 'vitest'
import { daysBetweenRuns, runsAtMostDaily } from '../../src/facts/cron.js'

describe('a schedule names at most one time of each day', () => {
  it.each([
    ['0 3 * * *', true],
    ['30 2 * * 0', true],
    ['TZ=Europe/Berlin 0 3 1 * *', true],
    ['CRON_TZ=UTC 0 3 * * *', true],
    ['@daily', true],
    ['@midnight', true],
    ['0 3 ? * MON', true],
    ['5/15 3 * * *', null],
    ['0\t3 * * 5', true],
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

describe('the longest time between two runs of a schedule', () => {
  it.each([
    ['0 2 * * *', 1],
    ['*/5 * * * *', 1],
    ['0 2 * * 1-5', 3],
    ['0 4 * * 6,0', 6],
    ['0 6 * * MON', 7],
    ['0 6 * * sat-sun', 6],
    ['0 0 6 ? * 1', 7],
    ['0 0 1 * *', 31],
    ['0 0 1,15 * *', 17],
    ['0 0 1 * 0', 7],
    ['0 0 29 2 *', 1461],
    ['@weekly', 7],
    ['@every 48h', 2],
    ['@every 5s', 1],
    ['CRON_TZ=UTC 0 2 * * *', 1],
    ['0 0 30 2 *', null],
    ['0 0 * *', null],
    ['0 0 40 * *', null],
    ['nightly', null],
    ['@reboot', null],
    ['0 3 * * 5L', null],
    ['0 3 1W * *', null],
    ['0 3 * * 1#2', null],
    ['0 3 0x5 * *', null],
    ['0 3 1e1 * *', null],
  ])('%s: %s days', (schedule, days) => {
    expect(daysBetweenRuns(schedule)).toBe(days)
  })
})
