/** Writes the documents of a result, each whole or not at all. */
import { randomBytes } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RenderingContext } from './renderer.js'
import { loadRenderer } from './renderers.js'
import type { Result } from './result.js'

export interface Written {
  /** Paths of the files written, in the order of the formats. */
  paths: string[]
  /** Formats that could not be written; the others are there. */
  errors: { format: string; message: string }[]
}

/** Renders every format, by its name, into `folder` as `report.EXTENSION`. */
export async function writeReport(
  result: Result,
  formats: readonly string[],
  folder: string,
  context: RenderingContext,
): Promise<Written> {
  await mkdir(folder, { recursive: true })
  const written: Written = { paths: [], errors: [] }
  for (const format of formats) {
    try {
      const renderer = await loadRenderer(format)
      const path = join(folder, `report.${renderer.extension}`)
      await writeWhole(path, renderer.pieces?.(result) ?? (await renderer.render(result, context)))
      written.paths.push(path)
    } catch (error) {
      written.errors.push({ format, message: error instanceof Error ? error.message : String(error) })
    }
  }
  return written
}

/** One document as it is, for standard output. */
export async function render(
  result: Result,
  format: string,
  context: RenderingContext,
): Promise<string | Uint8Array> {
  return (await loadRenderer(format)).render(result, context)
}

/** Beside the goal and renamed, so that a reader meets the old file or the new one, never half of one. */
export async function writeWhole(
  path: string,
  content: string | Uint8Array | Iterable<string>,
): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    await writeFile(temporary, content, { flag: 'wx' })
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
