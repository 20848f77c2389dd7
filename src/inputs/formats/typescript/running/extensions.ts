/** Which modules are of a browser extension, told by where its manifest stands. */
import { posix } from 'node:path'
import type { BrowserExtension } from '../../../../facts/code.js'
import { codeRoles } from '../../../../knowledge/code-roles.js'
import { loadsOf } from '../syntax/imports.js'
import type { PackageManifest } from '../modules/manifests.js'
import { hasWord } from '../syntax/word-pattern.js'
import type { Modules } from '../modules/modules.js'
import { isAside } from '../modules/purposes.js'

/** Those below the folder of the extension, but not of packages further down. */
export function isOfExtension(path: string, extensions: string[], modules: Modules): boolean {
  return extensions.some(
    (folder) =>
      (folder === '' || path.startsWith(`${folder}/`)) &&
      modules.packageOf(path) === modules.packageOf(posix.join(folder, 'manifest.json')),
  )
}

/**
 * The folder of a manifest, or that of its package where the manifest stands in a folder below it that is made for such.
 * Null where that is the folder of a server as well: which of its modules are of the extension, the folder cannot tell.
 */
export function extensionFolder({ folder }: BrowserExtension, modules: Modules): string | null {
  const own = modules.packageOf(posix.join(folder, 'manifest.json'))
  if (own === null) return folder
  const inside = posix.relative(own.folder, folder)
  if (inside !== '' && !codeRoles().extensionFolders.includes(inside)) return folder
  if (!serves(own, modules)) return own.folder
  return inside === '' ? null : folder
}

function serves(own: PackageManifest, modules: Modules): boolean {
  return (
    codeRoles().serverPackages.some((name) => Object.hasOwn(own.dependencies, name)) ||
    modules.modulesIn(own).some((path) => !isAside(path) && listens(modules.text(path)))
  )
}

/** It makes a server of what the runtime brings. */
function listens(text: string): boolean {
  return hasWord(text, 'listen') && loadsOf(text).specifiers.some(isListening)
}

function isListening(name: string): boolean {
  return codeRoles().listeningModules.includes(name.replace(/^node:/, ''))
}
