/** Kustomizations among the files: which of them nothing includes, what they consist of, and what stands in the way. */
import { lstatSync, realpathSync } from 'node:fs'
import { basename, dirname } from 'node:path/posix'
import { join } from 'node:path'
import { groupedBy } from '../../facts/grouped.js'
import { isWithin } from './within.js'
import { renderingPolicy } from '../../knowledge/manifests/rendering.js'
import type { Discovery, FoundFile } from '../discover.js'
import { withoutBases } from './bases.js'
import { listAt, pathIn, readMapping, textAt, type Mapping } from './loose.js'
import { kustomizationIn } from './merge-keys.js'
import { obstacleIn, referencesOf } from './references.js'

export interface Overlay {
  /** Of its kustomization file. */
  path: string
  folder: string
  /** Every file that it is made of, the kustomization files among them. */
  files: string[]
  /** Manifests, patches and kustomizations: files that the rendered objects stand for. */
  manifests: string[]
  /** Manifests beside a kustomization that lists others of its folder, each with the kustomization. */
  unlisted: Unlisted[]
  /** Why it is not rendered. */
  obstacle: string | null
}

export interface Unlisted {
  path: string
  kustomization: string
}

interface Node {
  path: string
  folder: string
  content: Mapping
  isComponent: boolean
}

/** Overlays that share a file are one system: what they render of one manifest is one thing in several environments. */
export function overlaysIn(discovery: Discovery): Overlay[][] {
  const nodes = nodesIn(discovery)
  const byFolder = groupedBy(discovery.files, ({ path }) => folderOf(path))
  const included = new Set<string>()
  for (const { folder, content } of nodes.values())
    for (const { path, includes } of referencesOf(content)) if (includes) included.add(pathIn(folder, path))
  const roots = [...nodes.values()].filter(({ folder, isComponent }) => !isComponent && !included.has(folder))
  return grouped(withoutBases(roots.map((root) => overlayAt(root, nodes, byFolder, discovery))))
}

/** Names of images that kustomizations set anew, each with the file of one that does. */
export function imageNamesIn(discovery: Discovery): Map<string, string> {
  return new Map(
    [...nodesIn(discovery).values()].flatMap(({ path, content }) =>
      listAt(content, 'images').flatMap((image) => {
        const name = textAt(image, 'name')
        return name === null ? [] : [[name, path] as const]
      }),
    ),
  )
}

function nodesIn({ root, files }: Discovery): Map<string, Node> {
  const names = new Set(renderingPolicy().kustomizationFiles)
  const nodes = new Map<string, Node>()
  for (const { path } of files.filter((file) => names.has(basename(file.path)))) {
    const content = readMapping(join(root, path), kustomizationIn)
    const group = textAt(content, 'apiVersion')
    // The kind of that name of Flux is another thing.
    if (content === null || (group !== null && !group.startsWith('kustomize.config.k8s.io/'))) continue
    const folder = folderOf(path)
    nodes.set(folder, { path, folder, content, isComponent: content['kind'] === 'Component' })
  }
  return nodes
}

function overlayAt(
  root: Node,
  nodes: Map<string, Node>,
  byFolder: Map<string, FoundFile[]>,
  discovery: Discovery,
): Overlay {
  const files = new Set<string>()
  const manifests = new Set<string>()
  let obstacle: string | null = null
  const visited = new Set<Node>()
  const visit = (node: Node): void => {
    if (visited.has(node)) return
    visited.add(node)
    for (const set of [files, manifests]) set.add(node.path)
    const own = obstacleIn(node.content)
    if (own !== null) obstacle ??= `${node.path}: ${own}`
    for (const reference of referencesOf(node.content)) {
      const path = pathIn(node.folder, reference.path)
      const below = reference.includes ? nodes.get(path) : undefined
      if (below) visit(below)
      else if (isFile(path, discovery)) {
        files.add(path)
        if (!reference.isData) manifests.add(path)
      } else obstacle ??= `${node.path}: ${reference.path} is not among the analysed files`
    }
  }
  visit(root)
  const { path, folder } = root
  const unlisted = [...visited].flatMap((node) =>
    unlistedBeside(node, manifests, byFolder.get(node.folder) ?? []),
  )
  return { path, folder, files: [...files].sort(), manifests: [...manifests].sort(), unlisted, obstacle }
}

/** `beside`: the analysed files of the kustomization's own folder. Those it lists may be files that are not analysed. */
function unlistedBeside({ path, folder }: Node, manifests: Set<string>, beside: FoundFile[]): Unlisted[] {
  if (![...manifests].some((file) => file !== path && folderOf(file) === folder)) return []
  return beside
    .filter((file) => file.path !== path && !manifests.has(file.path) && /\.(ya?ml|json)$/.test(file.path))
    .map((file) => ({ path: file.path, kustomization: path }))
}

/** Empty for the analysed folder itself. */
function folderOf(path: string): string {
  const folder = dirname(join('.', path))
  return folder === '.' ? '' : folder
}

/** Of the analysed folder, and no link, nor behind one. */
function isFile(path: string, { root }: Discovery): boolean {
  const place = join(root, path)
  try {
    return lstatSync(place).isFile() && isWithin(realpathSync(place), realpathSync(root))
  } catch {
    return false
  }
}

function grouped(overlays: Overlay[]): Overlay[][] {
  const groups: Overlay[][] = []
  for (const overlay of overlays) {
    const own = new Set(overlay.manifests)
    const touching = groups.filter((group) =>
      group.some(({ manifests }) => manifests.some((file) => own.has(file))),
    )
    for (const group of touching) groups.splice(groups.indexOf(group), 1)
    groups.push([...touching.flat(), overlay])
  }
  return groups
}
