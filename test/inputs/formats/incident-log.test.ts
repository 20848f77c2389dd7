import { expect, it } from 'vitest'
import type { InputFile } from '../../../src/inputs/format.js'
import incidentLog from '../../../src/inputs/formats/incident-log.js'

const LOG = `apiVersion: resilience-report/v1
kind: IncidentLog
incident: { id: INC-7, title: Checkout is down, severity: SEV-1, services: [checkout] }
events:
  - { at: "2026-10-15T07:00:00Z", kind: deploy, text: v42 }
  - { at: "2026-10-15T10:30:00+02:00", kind: mitigated, text: rolled back }
  - { at: "2026-10-15T08:10:00Z", kind: detected, text: an alert }
  - { at: "2026-10-15T09:00:00Z", kind: resolved, text: over, source: chat }
`

function file(text: string): InputFile {
  return { path: 'incident.yaml', extension: '.yaml', text, sha256: '00' }
}

it('tells from when to when an incident was', () => {
  expect(incidentLog.recognises(file(LOG))).toBe(true)
  expect(incidentLog.read(file(LOG))).toMatchObject({
    problems: [],
    facts: [
      {
        fact: 'incident',
        id: 'INC-7',
        severity: 'SEV-1',
        startedAt: '2026-10-15T08:10:00.000Z',
        endedAt: '2026-10-15T09:00:00.000Z',
      },
    ],
  })
})

it('names what is wrong with its place', () => {
  const { facts, problems, failed } = incidentLog.read(
    file(LOG.replace('07:00:00Z', '25:00:00Z').replace('kind: detected', 'kind: seen')),
  )
  expect(facts).toEqual([])
  expect(failed).toBeDefined()
  expect(problems.map(({ line, message }) => `${line} ${message}`)).toEqual([
    expect.stringMatching(/^5 events\.0\.at: must be a date and time/),
    expect.stringMatching(/^7 events\.2\.kind: must be one of/),
  ])
})
