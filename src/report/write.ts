/** Writes the documents of a result, each whole or not at all. */
import { randomBytes } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Renderer, RenderingContext } from './renderer.js'
import type { Result } from './result.js'

export interface Written {
  /** Paths of the files written, in the order of the formats. */
  paths: string[]
  /** Formats that could not be written; the others are there. */
  failures: { format: string; message: string }[]
}

/** Renders every format into `folder`, as `report.EXTENSION`. */
export async function writeReport(
  result: Result,
  formats: readonly Renderer[],
  folder: string,
  context: RenderingContext,
): Promise<Written> {
  await mkdir(folder, { recursive: true })
  const written: Written = { paths: [], failures: [] }
  for (const format of formats) {
    const path = join(folder, `report.${format.extension}`)
    try {
      await writeWhole(path, await format.render(result, context))
      written.paths.push(path)
    } catch (error) {
      written.failures.push({
        format: format.name,
        message: error instanceof Error ? error.message : String(error),
      })
    }
  }
  return written
}

/** Beside the goal and renamed, so that a reader meets the old file or the new one, never half of one. */
async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    await writeFile(temporary, content, { flag: 'wx' })
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
