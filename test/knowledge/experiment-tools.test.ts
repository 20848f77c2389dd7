import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { experimentTools, meaningOf } from '../../src/knowledge/experiment-tools.js'

describe('the words of chaos tools', () => {
  it('mean the same in any letters, and with signs around them', () => {
    expect(meaningOf('litmus', 'probe', 'Passed 👍')).toBe('done')
    expect(meaningOf('litmus', 'probe', 'Better Luck Next Time 👎')).toBe('failed')
    expect(meaningOf('steadybit', 'step', 'skipped')).toBe('skipped')
    expect(meaningOf('fis', 'run', 'stopping')).toBe('stopping')
  })

  it.each([
    ['a new word', 'fis', 'run', 'rolled-back'],
    ['a part of a known one', 'fis', 'run', 'complete'],
    ['a word of another level', 'fis', 'run', 'skipped'],
    ['what every object has', 'fis', 'run', 'constructor'],
    ['nothing', 'fis', 'run', null],
    ['another tool', 'k6', 'run', 'completed'],
  ] as const)('%s means nothing that is known', (_, format, bearer, word) => {
    expect(meaningOf(format, bearer, word)).toBeNull()
  })

  it('stand under the names of formats', () => {
    const formats = readdirSync(join(import.meta.dirname, '../../src/inputs/formats'))
    for (const format of Object.keys(experimentTools())) expect(formats).toContain(`${format}.ts`)
  })
})
