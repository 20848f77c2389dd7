/** The vocabulary of rendering: what a chart or an overlay became, or why nothing. */
import type { Problem } from '../format.js'

/** One object as it will run, read in place of the files that it was made of. */
export interface RenderedDocument {
  /** Path of the chart, or of the first of the overlays. */
  system: string
  /** The file that people edit: a template, a manifest of a base. */
  path: string
  /** YAML of one object. */
  text: string
  /** Of each line of the text the line of the file, both 1-based; the first entry is of no line. */
  lines: number[]
  /** Of the file, beside what the object is made of: a renderer leaves them out. */
  comments: string[]
  /** Environments that have it, when others do not. */
  onlyIn: string[]
  /** The same object where another environment renders it otherwise. */
  variants: Variant[]
  /** Made by a generator from files that are read by themselves: nothing in it is read twice. */
  isGenerated: boolean
}

/** What an environment makes of an object. */
export interface Variant {
  /** The values file or the overlay. */
  environment: string
  /** The object as it is there. */
  text: string
  /** Its `spec.replicas` or `spec.minReplicas`, where it is higher than in the document. */
  instances: number | null
}

export interface Environment {
  /** The values file, the overlay, or `values.yaml`. */
  name: string
  /** As a person would type it in the analysed folder. */
  command: string
  rendered: boolean
  /** Why not, or what is to be known of it. */
  reason: string | null
}

/** A chart, or overlays that share their bases. */
export interface RenderedSystem {
  kind: 'chart' | 'overlay'
  /** The Chart.yaml, or the first of the kustomization files. */
  path: string
  /** `helm v3.14.0`; null when nothing was run. */
  tool: string | null
  outcome: 'rendered' | 'in part' | 'not rendered' | 'failed'
  reason: string | null
  environments: Environment[]
  objects: number
}

export interface Rendering {
  systems: RenderedSystem[]
  documents: RenderedDocument[]
  /** Files that are not read as they are: each with the renderer whose output stands for it. */
  replaced: Map<string, 'helm' | 'kustomize'>
  /** Manifests of which no kustomization makes anything, each with the one beside it. */
  unlisted: Map<string, string>
  /** Names of images that kustomizations set, each with the file of one that does. */
  imageNames: Map<string, string>
  /** Of charts, by their Chart.yaml, those on which they depend and that are not among the files. */
  missingCharts: Map<string, string[]>
  /** Files of which evidence was lost, each with the reason: a tool was there, and they could not be rendered. */
  lost: Map<string, string>
  /** Why a file that is not replaced says nothing final, with the command that renders it. */
  advice: Map<string, string>
  problems: Problem[]
}

export const NOTHING_RENDERED: Rendering = {
  systems: [],
  documents: [],
  replaced: new Map(),
  unlisted: new Map(),
  imageNames: new Map(),
  missingCharts: new Map(),
  lost: new Map(),
  advice: new Map(),
  problems: [],
}

/** What one call of a renderer gave for one environment. */
export interface RenderedObject {
  path: string
  text: string
  value: Record<string, unknown>
  isGenerated: boolean
}

/** A path as a shell and a program take it: none that is read as an option. */
export function quoted(path: string): string {
  const argument = path.startsWith('-') ? `./${path}` : path
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`
}
