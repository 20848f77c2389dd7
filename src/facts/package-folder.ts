/** Where this package lies: its rules and templates are found from there, from the sources and from the built program alike. */
import { existsSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const OWN = dirname(fileURLToPath(import.meta.url))

export const PACKAGE_FOLDER = nearestPackage(OWN)

/** The folder with the modules that run: `src`, or `dist` with the same formats at the same places. */
export const MODULE_FOLDER = join(PACKAGE_FOLDER, relative(PACKAGE_FOLDER, OWN).split(sep)[0]!)

function nearestPackage(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : nearestPackage(dirname(folder))
}
