/** An object of a kind that is not read, which a controller of its own acts on: it may make pods. */
import type { ManifestObject } from './manifest-object.js'

export interface CustomObject extends ManifestObject {
  fact: 'custom-object'
  /** Of an object that installs charts: their names. */
  charts?: string[]
}
