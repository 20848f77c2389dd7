/** One chart, rendered with each of its values. */
import type { Discovery } from '../discover.js'
import type { Problem } from '../format.js'
import { renderingPolicy } from '../../knowledge/rendering.js'
import { commandOf, type Chart } from './charts.js'
import { mergeEnvironments, type RenderedEnvironment } from './environments.js'
import { layOut, objectsIn, placeIn, renderChart } from './helm.js'
import { documentsOf, notRun, unrendered, type Part } from './parts.js'
import type { Environment } from './rendering.js'
import { commonOf } from './repeated.js'
import { linesOfTemplate } from './template-lines.js'
import type { Tool } from './tools.js'
import { TooMuch, type Workbench } from './workbench.js'

/** `tool`: why there is none, when it is a text. */
export async function partOfChart(chart: Chart, tool: Tool | string, discovery: Discovery): Promise<Part> {
  const toolName = typeof tool === 'string' ? null : `${tool.name} ${tool.version}`
  const system = {
    kind: 'chart' as const,
    path: chart.path,
    tool: toolName,
    environments: chart.values.map((values) => notRun(nameOf(values, chart), commandOf(chart, values))),
  }
  const obstacle = chart.obstacle?.reason ?? (typeof tool === 'string' ? tool : null)
  if (obstacle !== null || typeof tool === 'string')
    return advised(unrendered(system, 'not rendered', obstacle ?? ''), chart)
  try {
    return advised(await rendered(chart, tool, discovery), chart)
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error
    return advised(unrendered(system, 'not rendered', error.message), chart)
  }
}

/** Of values.yaml, which is always applied, nothing is said. */
function nameOf(values: string | null, { folder }: Chart): string {
  return values ?? (folder === '' ? 'values.yaml' : `${folder}/values.yaml`)
}

/** What is to be done about templates that nothing stands for. */
function advised(part: Part, chart: Chart): Part {
  if (part.replaced.length > 0) return part
  const { outcome, reason } = part.system
  const what =
    outcome === 'failed'
      ? `Helm template that helm cannot render: ${reason}`
      : `Helm template: run \`${commandOf(chart, chart.values.at(-1) ?? null)}\`, save what it prints in a file and analyse that`
  return { ...part, advice: chart.templates.map((path) => [path, what]) }
}

async function rendered(chart: Chart, tool: Tool, discovery: Discovery): Promise<Part> {
  const bench = layOut(chart, discovery.root)
  try {
    const repeats = bench.mentions(randomPattern())
    const most = renderingPolicy().limits.environments
    const outcomes: { environment: Environment; output: string | null }[] = []
    for (const values of chart.values) {
      const [name, command] = [nameOf(values, chart), commandOf(chart, values)]
      const run =
        outcomes.length < most
          ? await renderTwice(tool, chart, values, bench, repeats)
          : { failure: `only ${most} environments of a chart are rendered` }
      const isDone = 'output' in run
      outcomes.push({
        environment: { name, command, rendered: isDone, reason: isDone ? null : run.failure },
        output: isDone ? run.output : null,
      })
    }
    return partOf(chart, tool, outcomes, discovery)
  } finally {
    bench.clear()
  }
}

function randomPattern(): RegExp {
  return new RegExp(`\\b(${renderingPolicy().randomFunctions.join('|')})\\b`)
}

async function renderTwice(
  tool: Tool,
  chart: Chart,
  values: string | null,
  bench: Workbench,
  repeats: boolean,
): ReturnType<typeof renderChart> {
  const first = await renderChart(tool, chart, values, bench)
  if (!repeats || 'failure' in first) return first
  const second = await renderChart(tool, chart, values, bench)
  if ('failure' in second) return second
  const output = commonOf(first.output, second.output)
  return output === null ? { failure: 'it is rendered otherwise each time' } : { output }
}

function partOf(
  chart: Chart,
  tool: Tool,
  outcomes: { environment: Environment; output: string | null }[],
  discovery: Discovery,
): Part {
  const environments = outcomes.map(({ environment }) => environment)
  const done = outcomes.flatMap(({ environment, output }): RenderedEnvironment[] =>
    output === null ? [] : [{ name: environment.name, objects: objectsIn(output, chart, discovery) }],
  )
  // Defaults that are not enough by themselves are no environment.
  const lost = environments.filter(
    ({ rendered }, index) => !rendered && (chart.values[index] !== null || done.length === 0),
  )
  // One mistake stands in the way of every environment alike.
  const reasons = new Map(lost.map((environment) => [environment.reason, environment]))
  const problems = [...reasons.values()].map(({ command, reason }): Problem => ({
    ...placeIn(reason ?? '', chart, discovery),
    message: `\`${command}\` failed: ${reason}`,
  }))
  const system = {
    kind: 'chart' as const,
    path: chart.path,
    tool: `${tool.name} ${tool.version}`,
    environments,
  }
  if (done.length === 0) return { ...unrendered(system, 'failed', environments[0]!.reason ?? ''), problems }
  const documents = documentsOf(chart.path, mergeEnvironments(done), discovery.root, linesOfTemplate)
  return {
    system: {
      ...system,
      outcome: lost.length > 0 ? 'in part' : 'rendered',
      reason: null,
      objects: documents.length,
    },
    documents,
    replaced: [chart.path, ...valuesOf(chart, discovery), ...chart.templates],
    advice: [],
    problems,
  }
}

function valuesOf(chart: Chart, { files }: Discovery): string[] {
  const names = new Set(chart.values.map((values) => nameOf(values, chart)))
  return files.flatMap(({ path }) => (names.has(path) ? [path] : []))
}
