/** An object of a kind that is not read, which a controller of its own acts on: it may make pods. */
import type { ManifestObject } from './manifest-object.js'

export interface CustomObject extends ManifestObject {
  fact: 'custom-object'
  /** Of an object that installs charts: their names. */
  charts?: string[]
  /** Of an object that does not name its chart: the object that does, or that a template of its own makes the name. */
  chartFrom?: { kind: string; name: string } | 'template'
  /** Of an object of which a tool makes others that are not among the files: the command that prints these. */
  renderedBy?: string
}
