/** Charts and overlays as the manifests that run, by the user's own helm and kustomize; without them, what is to be done is said. */
import { availableParallelism } from 'node:os'
import { compareText } from '../../facts/source.js'
import { renderingPolicy } from '../../knowledge/rendering.js'
import type { Discovery } from '../discover.js'
import { chartsIn, type Chart } from './charts.js'
import { overlaysIn } from './overlays.js'
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
  const { charts: mostCharts, overlays: mostOverlays } = renderingPolicy().limits
  const charts = independent(chartsIn(discovery))
  const groups = overlaysIn(discovery)
  if (charts.length + groups.length === 0) return NOTHING_RENDERED
  const tools = await toolsFor(discovery, options, charts.length > 0, groups.length > 0)
  onProgress(`rendering ${charts.length + groups.length} charts and overlays`)
  let overlays = 0
  const steps = [
    ...charts.map((chart, index) => () => {
      const tool = index < mostCharts ? tools.helm : `only ${mostCharts} charts are rendered`
      return partOfChart(chart, tool, discovery)
    }),
    ...groups.map((group) => {
      overlays += group.length
      const tool = overlays <= mostOverlays ? tools.kustomize : `only ${mostOverlays} overlays are rendered`
      return () => partOfOverlays(group, tool, discovery)
    }),
  ]
  return together(await severalAtOnce(steps))
}

async function toolsFor(
  { root }: Discovery,
  options: RenderingOptions | null,
  helm: boolean,
  kustomize: boolean,
): Promise<Tools> {
  if (options !== null) return findTools(options, { helm, kustomize }, root)
  const why = 'rendering was switched off'
  return { helm: why, kustomize: why }
}

/** A chart of which another that is rendered is made is rendered with that one. */
function independent(charts: Chart[]): Chart[] {
  const used = new Set(charts.flatMap(({ local, obstacle }) => (obstacle ? [] : [...local.values()])))
  return charts.filter(({ folder }) => !used.has(folder))
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

function together(parts: Part[]): Rendering {
  const tools = { chart: 'helm', overlay: 'kustomize' } as const
  return {
    systems: parts.map(({ system }) => system).sort((a, b) => compareText(a.path, b.path)),
    documents: parts.flatMap(({ documents }) => documents),
    replaced: new Map(
      parts.flatMap(({ system, replaced }) => replaced.map((path) => [path, tools[system.kind]] as const)),
    ),
    advice: new Map(parts.flatMap(({ advice }) => advice)),
    problems: parts.flatMap(({ problems }) => problems),
  }
}
