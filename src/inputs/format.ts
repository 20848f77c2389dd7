/** What an input format provides. A new format is one file in `formats/` whose default export is a Format. */
import type { Fact } from '../facts/fact.js'
import type { Library } from '../knowledge/libraries.js'

export interface Format {
  /** Equals the file name of the module. */
  name: string
  /** What it reads, for people: `Kubernetes manifest`. */
  title: string
  /**
   * It reads Kubernetes objects of its own API groups. They may stand in one file with those of others: such a file is read by
   * every format of this sort that recognises it, and each passes over what is not its own.
   */
  readsObjects?: true
  /**
   * Whether its first characters alone tell that it is one of these, whatever it quotes further in. Asked of all formats before
   * any of them searches a whole text.
   */
  begins?(file: InputFile): boolean
  /** By content, never by file name alone; cheap, called for every file. `extension` is lower case with its dot. */
  recognises(file: InputFile): boolean
  /** Facts of one file. Throws only for faults of ours: what is wrong with the file is returned as problems. */
  read(file: InputFile, context: ReadingContext): Reading | Promise<Reading>
  /** What its files say does not bear on other files: their text is dropped at once. Records of experiments are many and large. */
  standsAlone?: true
  /** For files too long to be held: told by their beginning, and read line by line. Such a file is `read` when it is short. */
  lines?: {
    recognises(file: FileHead): boolean
    read(file: FileHead, lines: Iterable<string>): Reading
  }
  /** Called once after all files, when this format read any, with every text of the run: for facts that need several of them. */
  link?(files: ReadFile[], context: ReadingContext): Linking | Promise<Linking>
}

export interface InputFile {
  /** Relative to the analysed root, with `/`. */
  path: string
  extension: string
  text: string
  sha256: string
}

/** The beginning of a file that is too long to be held. */
export interface FileHead {
  path: string
  extension: string
  head: string
}

export interface ReadFile extends InputFile {
  reading: Reading
}

export interface ReadingContext {
  libraries: Library[]
  /** False with `--no-prefilter`: read every file, whatever tokens it holds. */
  prefilter: boolean
}

export interface Reading {
  facts: Fact[]
  problems: Problem[]
  /** Set when the file was recognised but some of it could not be used, or none of it is evidence. */
  partial?: string
  skipped?: string
  /** Of a file that is skipped: what it is, where more is asked of it than to be told. */
  skippedAs?: 'no-known-kind' | 'objects-of-others'
  /** Set when nothing could be used because the file is broken. */
  failed?: string
  /** A fault of ours because of which it failed. */
  fault?: string
}

/** What several files say together: further facts, and readings that look different in the light of other files. */
export interface Linking extends Reading {
  /** Path to the reading that replaces the one `read` returned. */
  revised?: Map<string, Reading>
}

export interface Problem {
  path: string
  line: number | null
  column: number | null
  message: string
}
