/** Packages of the newer module system, imported when a picture needs them. */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { MODULE_FOLDER } from '../facts/package-folder.js'

export function importPackage<Package>(name: string): Promise<Package> {
  const importing = createRequire(import.meta.url)(join(MODULE_FOLDER, 'import-package.cjs')) as (
    name: string,
  ) => Promise<Package>
  return importing(name)
}
