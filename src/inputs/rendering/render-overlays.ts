/** Overlays that share their bases, each rendered as one environment. */
import type { Discovery } from '../discover.js'
import type { Problem } from '../format.js'
import { mergeEnvironments } from './environments.js'
import { commandOf, objectsIn, renderOverlay } from './kustomize.js'
import { linesOfManifest } from './manifest-lines.js'
import type { Overlay } from './overlays.js'
import { documentsOf, notRun, unrendered, whyNotLaidOut, type Part } from './parts.js'
import type { ToolRun } from './run-tool.js'
import type { Tool } from './tools.js'

/**
 * All of them or none: what one of them makes of a base that others share would be lost. Of those that are not rendered the
 * pieces are joined as they are written.
 */
export async function partOfOverlays(
  overlays: Overlay[],
  tool: Tool | string,
  discovery: Discovery,
  limit: string | null,
): Promise<Part> {
  const toolName = typeof tool === 'string' ? null : `${tool.name} ${tool.version}`
  const kind = 'overlay' as const
  const path = overlays[0]!.path
  const environments = overlays.map((overlay) =>
    notRun(
      nameOf(overlay),
      commandOf(overlay, typeof tool === 'string' ? undefined : tool.name),
      overlay.obstacle,
    ),
  )
  const system = { kind, path, tool: toolName, environments }
  const obstacle = overlays.find((overlay) => overlay.obstacle !== null)?.obstacle ?? limit
  if (obstacle || typeof tool === 'string')
    return unrendered(system, 'not rendered', obstacle ?? (tool as string))
  const runs: ToolRun[] = []
  for (const overlay of overlays) runs.push(await attempt(overlay, tool, discovery.root))
  const settled = environments.map((environment, index) => {
    const run = runs[index]!
    return 'output' in run ? { ...environment, rendered: true } : { ...environment, reason: run.failure }
  })
  const failed = settled.filter(({ rendered }) => !rendered)
  if (failed.length > 0) {
    const problems = settled.flatMap(({ rendered, command, reason }, index): Problem[] =>
      rendered
        ? []
        : [
            {
              path: overlays[index]!.path,
              line: null,
              column: null,
              message: `\`${command}\` failed: ${reason}`,
            },
          ],
    )
    return {
      ...unrendered({ ...system, environments: settled }, 'failed', failed[0]!.reason ?? ''),
      lost: problems.map(({ path, message }) => [path, message]),
      problems,
    }
  }
  const merged = mergeEnvironments(
    overlays.map((overlay, index) => ({
      name: nameOf(overlay),
      objects: objectsIn((runs[index] as { output: string }).output, overlay),
    })),
  )
  const documents = documentsOf(path, merged, discovery.root, linesOfManifest)
  return {
    system: {
      ...system,
      environments: settled,
      outcome: 'rendered',
      reason: null,
      objects: documents.length,
    },
    documents,
    replaced: [...new Set(overlays.flatMap(({ manifests }) => manifests))],
    unlisted: overlays.flatMap(({ unlisted }) => unlisted),
    lost: [],
    advice: [],
    problems: [],
  }
}

function nameOf({ folder, path }: Overlay): string {
  return folder || path
}

async function attempt(overlay: Overlay, tool: Tool, root: string): Promise<ToolRun> {
  try {
    return await renderOverlay(tool, overlay, root)
  } catch (error) {
    return { failure: whyNotLaidOut(error) }
  }
}
