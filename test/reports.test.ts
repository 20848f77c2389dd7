/** The samples' reports, byte for byte. When a difference is meant: `npm run samples`, read it, commit it. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { resultSchema } from '../src/report/result.js'
import { loadRenderer } from '../src/report/renderers.js'
import { analyzeSample } from './sample.js'

describe.each(readdirSync('samples'))('sample %s', async (sample) => {
  const { result } = await analyzeSample(sample)

  it('gives a result of the documented shape', () => {
    expect(resultSchema.safeParse(result).error).toBeUndefined()
  })

  // The PDF is the page of the HTML, printed: its bytes belong to one browser version, so it is not compared.
  it.each(['json', 'markdown', 'html', 'sarif'])('gives the %s that reports/ holds', async (name) => {
    const renderer = await loadRenderer(name)
    const rendered = await renderer.render(result, { browser: null })
    const golden = readFileSync(`reports/${sample}/report.${renderer.extension}`, 'utf8')
    const [line, got, expected] = firstDifference(String(rendered), golden)
    expect(
      got,
      `report.${renderer.extension}:${line} differs; if that is meant, run \`npm run samples\` and read the difference`,
    ).toBe(expected)
  })

  it('refers only to findings, chains and components that it holds', () => {
    const fingerprints = new Set(result.checks.map(({ fingerprint }) => fingerprint))
    const chains = new Set(result.chains.map(({ id }) => id))
    const components = new Set(result.system.components.map(({ id }) => id))
    expect(result.blockers.filter((blocker) => !fingerprints.has(blocker))).toEqual([])
    expect(
      result.recommendations
        .flatMap((row) => row.fingerprints)
        .filter((fingerprint) => !fingerprints.has(fingerprint)),
    ).toEqual([])
    expect(result.checks.flatMap((check) => check.chains).filter((chain) => !chains.has(chain))).toEqual([])
    expect(
      result.chains
        .flatMap((chain) => chain.links.flatMap(({ from, to }) => [from, to]))
        .filter((id) => !components.has(id)),
    ).toEqual([])
    expect(fingerprints.size).toBe(result.checks.length)
  })
})

/** Number and text of the first line that differs; equal texts give equal, empty lines. */
function firstDifference(got: string, expected: string): [number, string, string] {
  const [a, b] = [got.split('\n'), expected.split('\n')]
  const index = a.findIndex((line, at) => line !== b[at])
  if (index >= 0) return [index + 1, a[index]!, b[index] ?? '(end of file)']
  return a.length === b.length ? [0, '', ''] : [a.length, '(end of file)', b[a.length]!]
}
