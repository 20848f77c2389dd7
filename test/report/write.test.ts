import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadRenderer, rendererNames } from '../../src/report/renderers.js'
import { render, writeReport } from '../../src/report/write.js'
import { sampleResult } from './sample-result.js'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'write-test-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('writeReport', () => {
  it('writes each format under its usual name', async () => {
    const goal = join(folder, 'new', 'reports')
    const written = await writeReport(sampleResult, ['markdown', 'json', 'sarif', 'html'], goal, {
      browser: null,
    })
    expect(written.errors).toEqual([])
    expect(written.paths).toEqual(
      ['report.md', 'report.json', 'report.sarif', 'report.html'].map((name) => join(goal, name)),
    )
    expect(await readFile(join(goal, 'report.json'), 'utf8')).toBe(
      await render(sampleResult, 'json', { browser: null }),
    )
  })

  it('leaves the other formats when one fails, and no half-written file', async () => {
    const browser = Promise.reject(new Error('no browser could be started'))
    browser.catch(() => undefined)
    const written = await writeReport(sampleResult, ['pdf', 'json'], folder, { browser })
    expect(written.errors).toEqual([{ format: 'pdf', message: 'no browser could be started' }])
    expect(await readdir(folder)).toEqual(['report.json'])
  })

  it('removes what it began when the goal cannot be replaced', async () => {
    await mkdir(join(folder, 'report.json', 'in-the-way'), { recursive: true })
    const written = await writeReport(sampleResult, ['json'], folder, { browser: null })
    expect(written.paths).toEqual([])
    expect(written.errors).toHaveLength(1)
    expect(await readdir(folder)).toEqual(['report.json'])
  })
})

describe('the formats', () => {
  it('are the modules of their folder', async () => {
    expect(rendererNames()).toEqual(['html', 'json', 'markdown', 'pdf', 'sarif'])
    for (const name of rendererNames()) expect((await loadRenderer(name)).name).toBe(name)
    await expect(loadRenderer('docx')).rejects.toThrow('docx is not an output format')
  })
})
