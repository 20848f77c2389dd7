/** A sample analysed as its golden reports are: at a fixed moment, without a revision. */
import { join, resolve } from 'node:path'
import type { Analysis } from '../src/analysis.js'
import { analyze } from '../src/analyze.js'
import { loadConfiguration } from '../src/knowledge/configuration.js'

export const SAMPLE_TIME = '2026-11-01T00:00:00.000Z'

export async function analyzeSample(name: string): Promise<Analysis> {
  const folder = resolve(join('samples', name))
  const configuration = loadConfiguration(undefined, folder)
  return analyze({
    paths: [folder],
    configuration,
    ruleFolders: [],
    asOf: SAMPLE_TIME,
    prefilter: true,
    rendering: null,
    cache: null,
    // The golden files change when the tool's answers do, not with every release.
    tool: { name: 'resilience-report', version: '0.0.0' },
    subject: {
      name: configuration.value.subject ?? name,
      revision: null,
      tier: configuration.value.tier ?? null,
    },
    onProgress: () => undefined,
  })
}
