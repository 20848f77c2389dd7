/** The import-direction law, and the size of files: checked on the program, and on small ones that break it. */
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import { describe, expect, it } from 'vitest'

interface Law extends Pick<ICruiseOptions, 'ruleSet'> {
  forbidden: NonNullable<ICruiseOptions['ruleSet']>['forbidden']
  options: ICruiseOptions
}

const { forbidden, options }: Law = createRequire(import.meta.url)('../.dependency-cruiser.cjs')

/** What the law says of the `src` below a folder. */
async function cruised(folder: string): Promise<ICruiseResult> {
  const { output } = await cruise(
    ['src'],
    { ...options, baseDir: resolve(folder), ruleSet: { forbidden }, validate: true },
    undefined,
    { tsConfig: extractTSConfig(resolve('tsconfig.json')) },
  )
  if (typeof output === 'string') throw new Error(output)
  return output
}

async function broken(fixture: string): Promise<string[]> {
  const { summary } = await cruised(join('test/architecture/fixtures', fixture))
  return [...new Set(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`))].sort()
}

describe('the import-direction law', () => {
  it('holds, over all of the program', async () => {
    const { summary } = await cruised('.')
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([])
    expect(summary.totalCruised).toBeGreaterThan(100)
    expect(summary.totalDependenciesCruised ?? 0).toBeGreaterThan(300)
  }, 120_000)

  it.each([
    ['backwards', ['facts-looks-back-only: src/facts/source.ts -> src/score/score.ts']],
    ['circle', ['no-circular: src/system/one.ts -> src/system/two.ts']],
    [
      'format-to-format',
      ['formats-do-not-know-each-other: src/inputs/formats/alpha.ts -> src/inputs/formats/beta.ts'],
    ],
    [
      'code-backwards',
      [
        'code-syntax-looks-back-only: src/inputs/formats/typescript/syntax/tree.ts -> src/inputs/formats/typescript/clients/clients.ts',
      ],
    ],
    [
      'code-folder-backwards',
      [
        'code-retries-places-looks-back-only: src/inputs/formats/typescript/retries/places/places.ts -> src/inputs/formats/typescript/retries/delays/delays.ts',
      ],
    ],
    ['report-to-inputs', ['nothing-downstream-knows-inputs: src/report/build.ts -> src/inputs/read.ts']],
    ['stage-to-command', ['rules-looks-back-only: src/rules/evaluate.ts -> src/analyze.ts']],
  ])('refuses %s', async (fixture, violations) => {
    expect(await broken(fixture)).toEqual(violations)
  })
})

describe('the files of the program', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  )
  const lengths = files.map((file) => readFileSync(join('src', file), 'utf8').trimEnd().split('\n').length)

  it('are short: none over 250 lines, half of them under 80', () => {
    const long = files.filter((_, index) => lengths[index]! > 250)
    expect(long).toEqual([])
    expect(lengths.sort((a, b) => a - b)[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(80)
  })

  /** A format has a folder of its own; that of the largest is divided into parts, and its two largest parts once more. */
  const deepest = (file: string): number => {
    if (/^inputs\/formats\/typescript\/(failures|retries)\//.test(file)) return 6
    return file.startsWith('inputs/formats/typescript/') ? 5 : /^[^/]+\/formats\//.test(file) ? 4 : 3
  }

  it('lie at most two folders below src, but for the parts of a format, and are named in kebab-case', () => {
    expect(files.filter((file) => file.split('/').length > deepest(file))).toEqual([])
    expect(files.filter((file) => !/^[a-z0-9/.-]+$/.test(file))).toEqual([])
  })

  it('stand with few others: a folder that nobody can take in at a glance is divided', () => {
    const sizes = new Map<string, number>()
    for (const file of files) sizes.set(dirname(file), (sizes.get(dirname(file)) ?? 0) + 1)
    expect([...sizes].filter(([, size]) => size > 50)).toEqual([])
  })

  it('say in their first line what they give', () => {
    const silent = files.filter(
      (file) => !/^(#!.*\n)?\/\*\*? ?\S/.test(readFileSync(join('src', file), 'utf8')),
    )
    expect(silent).toEqual([])
  })
})
