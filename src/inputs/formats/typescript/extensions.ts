/** Which modules are of a browser extension, told by where its manifest stands. */
import { posix } from 'node:path'
import type { BrowserExtension } from '../../../facts/code.js'
import { codeRoles } from '../../../knowledge/code-roles.js'
import type { PackageManifest } from './manifests.js'
import type { Modules } from './modules.js'

/** Those below the folder of the extension, but not of packages further down. */
export function isOfExtension(path: string, extensions: string[], modules: Modules): boolean {
  return extensions.some(
    (folder) =>
      (folder === '' || path.startsWith(`${folder}/`)) &&
      modules.packageOf(path) === modules.packageOf(posix.join(folder, 'manifest.json')),
  )
}

/** The folder of a manifest, or that of its package where the manifest stands in a folder below it that is made for such. */
export function extensionFolder({ folder }: BrowserExtension, modules: Modules): string {
  const own = modules.packageOf(posix.join(folder, 'manifest.json'))
  const inside = own === null ? null : posix.relative(own.folder, folder)
  return own && inside !== null && codeRoles().extensionFolders.includes(inside) && !serves(own)
    ? own.folder
    : folder
}

function serves({ dependencies }: PackageManifest): boolean {
  return codeRoles().serverPackages.some((name) => Object.hasOwn(dependencies, name))
}
