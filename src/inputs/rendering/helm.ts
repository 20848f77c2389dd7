/** `helm template` over a copy of a chart, and what its output consists of. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Discovery } from '../discover.js'
import type { Chart } from './charts.js'
import { mappingIn } from './loose.js'
import type { RenderedObject } from './rendering.js'
import { runTool, type ToolRun } from './run-tool.js'
import type { Tool } from './tools.js'
import { Workbench } from './workbench.js'

/** A chart laid out for rendering; `to` is its folder on the workbench, named as in the repository for what Helm says. */
export function layOut(chart: Chart, root: string): Workbench {
  const bench = new Workbench()
  try {
    bench.copyFolder(join(root, chart.folder), 'chart')
    for (const [name, folder] of chart.local)
      bench.copyFolder(join(root, folder), join('chart', 'charts', name))
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
  return runTool(tool.executable, ['template', chart.release, 'chart', ...file], bench.folder)
}

const BETWEEN = /^---[ \t]*$/m
const SOURCE = /^# Source: ([^\n]+)$/m

/** Objects in the order in which they were printed; those of files that are left out on purpose are left out. */
export function objectsIn(output: string, chart: Chart, discovery: Discovery): RenderedObject[] {
  const known = new Set(discovery.files.map(({ path }) => path))
  let path = chart.path
  return output.split(BETWEEN).flatMap((text) => {
    // A template may begin with a mark between documents of its own, after which its source is not said again.
    const source = SOURCE.exec(text)?.[1]?.trim()
    if (source !== undefined) path = fileOf(source, chart)
    const value = mappingIn(text)
    if (value === null) return []
    if (known.has(path)) return [{ path, text, value, isGenerated: false }]
    // Out of a packed chart there is no file to point at.
    const isLeftOut = existsSync(join(discovery.root, path))
    return isLeftOut ? [] : [{ path: chart.path, text, value, isGenerated: false }]
  })
}

/** `shop/charts/web/templates/a.yaml` is told from the name of the chart on. */
function fileOf(source: string, { folder, local }: Chart): string {
  const within = source.split('/').slice(1).join('/')
  const [, name, rest] = /^charts\/([^/]+)\/(.*)$/.exec(within) ?? []
  const elsewhere = name === undefined ? undefined : local.get(name)
  if (elsewhere !== undefined) return elsewhere === '' ? rest! : `${elsewhere}/${rest}`
  return folder === '' ? within : `${folder}/${within}`
}

const PLACE = /(?:\(|\btemplate: )([^\s():]+\.[a-z]+):(\d+):(\d+)\b/

/** Where a template says that it cannot be rendered; without a place in it, the chart. */
export function placeIn(
  failure: string,
  chart: Chart,
  { root }: Discovery,
): { path: string; line: number | null; column: number | null } {
  const [, source, line, column] = PLACE.exec(failure) ?? []
  const path = source === undefined ? chart.path : fileOf(source, chart)
  return source !== undefined && existsSync(join(root, path))
    ? { path, line: Number(line), column: Number(column) + 1 }
    : { path: chart.path, line: null, column: null }
}
