/** `helm template` over a copy of a chart, and what its output consists of. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isAbsolute, normalize } from 'node:path/posix'
import type { Discovery } from '../discover.js'
import type { Chart } from './charts.js'
import { mappingIn, pathIn } from './loose.js'
import type { RenderedObject } from './rendering.js'
import { runTool, type ToolRun } from './run-tool.js'
import type { Tool } from './tools.js'
import { Workbench } from './workbench.js'

/** A chart laid out for rendering; `to` is its folder on the workbench, named as in the repository for what Helm says. */
export function layOut(chart: Chart, root: string): Workbench {
  const bench = new Workbench()
  try {
    bench.copyFolder(join(root, chart.folder), 'chart')
    for (const { place, folder } of chart.local) bench.copyFolder(join(root, folder), join('chart', place))
    return bench
  } catch (error) {
    bench.clear()
    throw error
  }
}

export function renderChart(
  tool: Tool,
  chart: Chart,
  values: string | null,
  bench: Workbench,
): Promise<ToolRun> {
  const file =
    values === null ? [] : ['--values', join('chart', values.slice(chart.folder.length).replace(/^\//, ''))]
  return runTool(tool.executable, ['template', chart.release, 'chart', ...file], {
    folder: bench.folder,
    until: tool.until,
  })
}

const BETWEEN = /^---[ \t]*$/m
/** Helm writes it first; the same words may stand anywhere in a template. */
const SOURCE = /^\s*# Source: ([^\n]+)\n/

/** Objects in the order in which they were printed; those of files that are left out on purpose are left out. */
export function objectsIn(output: string, chart: Chart, discovery: Discovery): RenderedObject[] {
  const known = new Set(discovery.files.map(({ path }) => path))
  let path = chart.path
  return output.split(BETWEEN).flatMap((text) => {
    // A template may begin with a mark between documents of its own, after which its source is not said again.
    const source = SOURCE.exec(text)?.[1]?.trim()
    if (source !== undefined) path = fileOf(source, chart) ?? chart.path
    const value = mappingIn(text)
    if (value === null) return []
    if (known.has(path)) return [{ path, text, value, isGenerated: false }]
    // Out of a packed chart there is no file to point at.
    const isLeftOut = existsSync(join(discovery.root, path))
    return isLeftOut ? [] : [{ path: chart.path, text, value, isGenerated: false }]
  })
}

/** `shop/charts/web/templates/a.yaml` is told from the name of the chart on; null for what lies outside of it. */
function fileOf(source: string, { folder, local }: Chart): string | null {
  const within = normalize(source.split('/').slice(1).join('/'))
  if (within.startsWith('..') || isAbsolute(within)) return null
  const [innermost] = local
    .filter(({ place }) => within.startsWith(`${place}/`))
    .sort((a, b) => b.place.length - a.place.length)
  return innermost === undefined
    ? pathIn(folder, within)
    : pathIn(innermost.folder, within.slice(innermost.place.length + 1))
}

const PLACE = /(?:\(|\btemplate: )([^\s():]+\.[a-z]+):(\d+):(\d+)\b/

/** Where a template says that it cannot be rendered; without a place in it, the chart. */
export function placeIn(
  failure: string,
  chart: Chart,
  { root }: Discovery,
): { path: string; line: number | null; column: number | null } {
  const [, source, line, column] = PLACE.exec(failure) ?? []
  const path = (source === undefined ? null : fileOf(source, chart)) ?? chart.path
  return path !== chart.path && existsSync(join(root, path))
    ? { path, line: Number(line), column: Number(column) + 1 }
    : { path: chart.path, line: null, column: null }
}
