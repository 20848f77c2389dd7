/** Manifests that are kept in a folder of their own and put in place for the tree above: `install/package.json`. */
import { posix } from 'node:path'
import type { Survey } from '../survey/survey.js'
import { packageOf } from '../survey/practice.js'
import type { TS } from '../syntax/syntax.js'

/** Whether a node is code of the program above that the manifest of a folder describes. */
export function isOfProgramAbove(node: TS.Node, folder: string, survey: Survey): boolean {
  const above = folderAbove(folder, survey)
  if (above === null) return false
  const own = packageOf(survey, node)
  const isBelow = above === '' || node.getSourceFile().fileName.startsWith(`${above}/`)
  return isBelow && own !== folder && (own === '' || above.startsWith(own))
}

/** The folder above, where that holds what the manifest enters by, and its own does not. */
function folderAbove(folder: string, { modules }: Survey): string | null {
  const manifest = folder === '' ? undefined : modules.packages.find((one) => one.folder === folder)
  if (!manifest) return null
  const started = (manifest.scripts['start'] ?? '').split(/\s+/).filter((word) => /\.[cm]?[jt]s$/.test(word))
  const entries = [...manifest.surface, ...started]
  const above = posix.dirname(folder) === '.' ? '' : posix.dirname(folder)
  const isIn = (place: string, entry: string): boolean => modules.sourceAt(posix.join(place, entry)) !== null
  const isPlaced =
    !entries.some((entry) => isIn(folder, entry)) && entries.some((entry) => isIn(above, entry))
  return isPlaced ? above : null
}
