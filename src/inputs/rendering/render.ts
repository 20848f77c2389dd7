/** Charts and overlays as the manifests that run, by the user's own helm and kustomize; without them, what is to be done is said. */
import { availableParallelism } from 'node:os'
import { compareText } from '../../facts/source.js'
import { renderingPolicy } from '../../knowledge/manifests/rendering.js'
import type { Discovery } from '../discover.js'
import { chartsIn, missingChartsIn, type Chart } from './charts.js'
import { imageNamesIn, overlaysIn, type Overlay } from './overlays.js'
import type { Part } from './parts.js'
import { partOfChart } from './render-chart.js'
import { partOfOverlays } from './render-overlays.js'
import { NOTHING_RENDERED, type Rendering } from './rendering.js'
import { findTools, type RenderingOptions, type Tools } from './tools.js'

/** `options`: null when nothing may be run. Throws a UserError for a tool that was named and is none. */
export async function renderSystems(
  discovery: Discovery,
  options: RenderingOptions | null,
  onProgress: (step: string) => void,
): Promise<Rendering> {
  const charts = chartsIn(discovery)
  const groups = overlaysIn(discovery)
  if (charts.length + groups.length === 0) return NOTHING_RENDERED
  const time = timeForAll(renderingPolicy().limits.totalSeconds)
  try {
    const tools = await toolsFor(discovery, options, charts.length > 0, groups.length > 0, time.signal)
    onProgress(`rendering ${charts.length + groups.length} charts and overlays`)
    const parts = [
      ...(await partsOfCharts(charts, tools.helm, discovery)),
      ...(await partsOfGroups(groups, tools.kustomize, discovery)),
    ]
    return {
      ...together(parts),
      imageNames: imageNamesIn(discovery),
      missingCharts: missingChartsIn(discovery),
    }
  } finally {
    time.end()
  }
}

function timeForAll(seconds: number): { signal: AbortSignal; end: () => void } {
  const controller = new AbortController()
  const why = `the ${seconds} s that all renderings together may take were used up`
  const timer = setTimeout(() => controller.abort(why), seconds * 1000)
  return { signal: controller.signal, end: () => clearTimeout(timer) }
}

async function toolsFor(
  { root }: Discovery,
  options: RenderingOptions | null,
  helm: boolean,
  kustomize: boolean,
  until: AbortSignal,
): Promise<Tools> {
  if (options !== null) return findTools(options, { helm, kustomize }, root, until)
  const why = 'rendering was switched off'
  return { helm: why, kustomize: why }
}

/**
 * A chart of which another is made is rendered with that one. Where nothing came of it there (the other has it switched off,
 * or failed), it is rendered by itself.
 */
async function partsOfCharts(charts: Chart[], tool: Tools['helm'], discovery: Discovery): Promise<Part[]> {
  const { charts: most } = renderingPolicy().limits
  const used = new Set(
    charts.flatMap(({ local, obstacle }) => (obstacle ? [] : local.map(({ folder }) => folder))),
  )
  let count = 0
  const partsOf = (some: Chart[]): Promise<Part[]> =>
    severalAtOnce(
      some.map((chart) => {
        const limit = ++count > most ? `only ${most} charts are rendered` : null
        return () => partOfChart(chart, tool, discovery, limit)
      }),
    )
  const first = await partsOf(charts.filter(({ folder }) => !used.has(folder)))
  const read = first.flatMap(({ documents }) => documents.map(({ path }) => path))
  const left = charts.filter(
    ({ folder }) => used.has(folder) && !read.some((path) => path.startsWith(`${folder}/`)),
  )
  return [...first, ...(await partsOf(left))]
}

function partsOfGroups(groups: Overlay[][], tool: Tools['kustomize'], discovery: Discovery): Promise<Part[]> {
  const { overlays: most } = renderingPolicy().limits
  let count = 0
  return severalAtOnce(
    groups.map((group) => {
      count += group.length
      const limit = count > most ? `only ${most} overlays are rendered` : null
      return () => partOfOverlays(group, tool, discovery, limit)
    }),
  )
}

/** In their order. */
async function severalAtOnce<T>(steps: (() => Promise<T>)[]): Promise<T[]> {
  const results = new Array<T>(steps.length)
  const left = steps.entries()
  const work = async (): Promise<void> => {
    for (const [index, step] of left) results[index] = await step()
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  return results
}

function together(parts: Part[]): Omit<Rendering, 'imageNames' | 'missingCharts'> {
  const tools = { chart: 'helm', overlay: 'kustomize' } as const
  const replaced = new Map(
    parts.flatMap(({ system, replaced }) => replaced.map((path) => [path, tools[system.kind]] as const)),
  )
  return {
    systems: parts.map(({ system }) => system).sort((a, b) => compareText(a.path, b.path)),
    documents: parts.flatMap(({ documents }) => documents),
    replaced,
    unlisted: new Map(
      parts.flatMap(({ unlisted }) =>
        unlisted
          .filter(({ path }) => !replaced.has(path))
          .map(({ path, kustomization }) => [path, kustomization] as const),
      ),
    ),
    lost: new Map(parts.flatMap(({ lost }) => lost)),
    advice: new Map(parts.flatMap(({ advice }) => advice)),
    problems: parts.flatMap(({ problems }) => problems),
  }
}
