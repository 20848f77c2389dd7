/** `kustomize build` over a copy of an overlay and all that it includes, and what its output consists of. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMap, parseDocument, stringify } from 'yaml'
import { isMapping, mappingIn, pathIn, textAt, type Mapping } from './loose.js'
import type { Overlay } from './overlays.js'
import { quoted, type RenderedObject } from './rendering.js'
import { runTool, type ToolRun } from './run-tool.js'
import type { Tool } from './tools.js'
import { Workbench } from './workbench.js'

export function commandOf({ folder }: Overlay, tool: Tool['name'] = 'kustomize'): string {
  return `${tool === 'kustomize' ? 'kustomize build' : tool} ${quoted(folder || '.')}`
}

/** Throws TooMuch. */
export async function renderOverlay(tool: Tool, overlay: Overlay, root: string): Promise<ToolRun> {
  const bench = new Workbench()
  try {
    for (const file of overlay.files) bench.copyFile(join(root, file), file)
    bench.write(overlay.path, withOrigins(readFileSync(join(root, overlay.path), 'utf8')))
    const build = tool.name === 'kustomize' ? 'build' : 'kustomize'
    // A folder may be named like an option, and `--output=` writes anywhere.
    const target = overlay.folder === '' ? '.' : `./${overlay.folder}`
    return await runTool(tool.executable, [build, target], { folder: bench.folder, until: tool.until })
  } finally {
    bench.clear()
  }
}

const ORIGINS = 'originAnnotations'

/** Asks for the file that each object comes from. */
function withOrigins(text: string): string {
  const document = parseDocument(text)
  // What is wrong with it Kustomize says better.
  if (document.errors.length > 0 || !isMap(document.contents)) return text
  const asked = document.get('buildMetadata') as { toJSON?: () => unknown } | undefined
  const others = asked?.toJSON?.()
  document.set('buildMetadata', [
    ...new Set([...(Array.isArray(others) ? (others as unknown[]) : []), ORIGINS]),
  ])
  return document.toString()
}

const BETWEEN = /^---[ \t]*$/m
const ORIGIN = 'config.kubernetes.io/origin'

export function objectsIn(output: string, { folder, path, files }: Overlay): RenderedObject[] {
  // Patches can write any origin: only files of the overlay are read.
  const known = new Set(files)
  return output.split(BETWEEN).flatMap((text): RenderedObject[] => {
    const value = mappingIn(text)
    if (value === null) return []
    const origin = originOf(value)
    const written = textAt(origin, 'path')
    const file = written === null ? path : pathIn(folder, written)
    return [
      {
        path: known.has(file) ? file : path,
        text: stringify(nameFirst(withoutOrigin(value)), { lineWidth: 0, aliasDuplicateObjects: false }),
        value: withoutOrigin(value),
        isGenerated: textAt(origin, 'configuredIn') !== null,
      },
    ]
  })
}

/**
 * Kustomize sorts keys, so that an item of a list would begin with another of its keys than it does where it is written, and
 * stand in one line with it.
 */
function nameFirst(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nameFirst)
  if (!isMapping(value)) return value
  const { name, ...others } = value
  const entries = Object.entries(others).map(([key, below]) => [key, nameFirst(below)] as const)
  return Object.fromEntries(name === undefined ? entries : [['name', name], ...entries])
}

function originOf({ metadata }: Mapping): Mapping | null {
  const text = textAt(isMapping(metadata) ? metadata['annotations'] : undefined, ORIGIN)
  return text === null ? null : mappingIn(text)
}

/** It is ours: the overlay does not ask for it. */
function withoutOrigin(value: Mapping): Mapping {
  const { metadata } = value
  if (!isMapping(metadata) || !isMapping(metadata['annotations'])) return value
  const annotations = Object.fromEntries(
    Object.entries(metadata['annotations']).filter(([key]) => key !== ORIGIN),
  )
  return { ...value, metadata: { ...metadata, annotations } }
}
