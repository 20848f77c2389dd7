/** One chart, rendered with each of its values. */
import type { Discovery } from '../discover.js'
import type { Problem } from '../format.js'
import { renderingPolicy } from '../../knowledge/manifests/rendering.js'
import { commandOf, type Chart } from './charts.js'
import { mergeEnvironments, type RenderedEnvironment } from './environments.js'
import { layOut, objectsIn, placeIn, renderChart } from './helm.js'
import { documentsOf, notRun, unrendered, whyNotLaidOut, type Part } from './parts.js'
import type { Environment } from './rendering.js'
import { commonOf } from './repeated.js'
import { linesOfTemplate } from './template-lines.js'
import type { Tool } from './tools.js'
import type { Workbench } from './workbench.js'

/** `tool`: why there is none, when it is a text. `limit`: why the chart is one too many. */
export async function partOfChart(
  chart: Chart,
  tool: Tool | string,
  discovery: Discovery,
  limit: string | null,
): Promise<Part> {
  const toolName = typeof tool === 'string' ? null : `${tool.name} ${tool.version}`
  const system = {
    kind: 'chart' as const,
    path: chart.path,
    tool: toolName,
    environments: chart.values.map((values) => notRun(nameOf(values, chart), commandOf(chart, values))),
  }
  const notRendered = (reason: string): Part => unrendered(system, 'not rendered', reason)
  if (typeof tool === 'string') return advised(notRendered(chart.obstacle?.reason ?? tool), chart)
  const obstacle = chart.obstacle?.reason ?? limit
  try {
    const part = obstacle === null ? await rendered(chart, tool, discovery) : notRendered(obstacle)
    return withLost(advised(part, chart), chart)
  } catch (error) {
    return withLost(advised(notRendered(whyNotLaidOut(error)), chart), chart)
  }
}

/** There was a tool: what it did not render is evidence that was lost. Of an environment the values file stands for it. */
function withLost(part: Part, chart: Chart): Part {
  const { outcome, reason, environments } = part.system
  if (outcome === 'rendered') return part
  if (outcome !== 'in part')
    return { ...part, lost: [[chart.path, `the chart could not be rendered: ${reason}`]] }
  const lost = environments.flatMap((environment, index): Part['lost'] => {
    const values = chart.values[index]
    return environment.rendered || !values
      ? []
      : [[values, `the chart could not be rendered with it: ${environment.reason}`]]
  })
  return { ...part, lost }
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

/** In an action: the same words stand in comments and texts. */
function randomPattern(): RegExp {
  return new RegExp(`\\{\\{[^{}]*\\b(?:${renderingPolicy().randomFunctions.join('|')})\\b`)
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
  return output === null ? { failure: 'it renders differently each time' } : { output }
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
    unlisted: [],
    lost: [],
    advice: [],
    problems,
  }
}

function valuesOf(chart: Chart, { files }: Discovery): string[] {
  const names = new Set(chart.values.map((values) => nameOf(values, chart)))
  return files.flatMap(({ path }) => (names.has(path) ? [path] : []))
}
