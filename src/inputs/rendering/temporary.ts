/**
 * Folders for one rendering: removed when it ends and when the run is interrupted; what a run left that was killed, by a
 * later one.
 */
import { lstatSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onInterruption } from './interruption.js'

const PREFIX = 'resilience-report-render-'
/** No run takes that long. */
const ABANDONED_MS = 24 * 60 * 60 * 1000

const open = new Map<string, () => void>()
let isSwept = false

/** Its real path. */
export function openFolder(): string {
  if (!isSwept) sweep()
  isSwept = true
  const folder = realpathSync(mkdtempSync(join(tmpdir(), PREFIX)))
  const forget = onInterruption(() => remove(folder))
  open.set(folder, forget)
  return folder
}

export function closeFolder(folder: string): void {
  remove(folder)
  open.get(folder)?.()
  open.delete(folder)
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}

/** Of our own user only: the place is shared, and anybody may make a folder of that name. */
function sweep(): void {
  try {
    for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
      const folder = join(tmpdir(), name)
      const found = lstatSync(folder, { throwIfNoEntry: false })
      if (!found?.isDirectory() || found.uid !== (process.getuid?.() ?? found.uid)) continue
      if (found.mtimeMs < Date.now() - ABANDONED_MS) remove(folder)
    }
  } catch {
    // Another run does the same at this moment.
  }
}
