/** What a package is for, told by its folder, its commands and what it depends on. */
import { posix } from 'node:path'
import type { CodePackage } from '../facts/code.js'
import { codeEntries } from '../knowledge/code-entries.js'
import { codeRoles } from '../knowledge/code-roles.js'

type Versions = Record<string, string> | undefined

/** Of a package.json what tells its role. */
export interface PackageEvidence {
  main?: string | undefined
  bin?: unknown
  private?: boolean | undefined
  scripts?: Record<string, string> | undefined
  workspaces?: unknown
  dependencies?: Versions
  devDependencies?: Versions
  peerDependencies?: Versions
}

/** A library is what nothing tells more of; a place in the code where the process listens makes it a service later. */
export function packageRole(folder: string, json: PackageEvidence): CodePackage['role'] {
  const { toolPackages, examplePackages, serverPackages } = codeRoles()
  const segments = folder.split('/')
  const serves = dependsOn(serverPackages, json.dependencies)
  if (segments.some((segment) => toolPackages.test(segment))) return 'tool'
  if (segments.some((segment) => examplePackages.test(segment))) return 'example'
  if (serves && startsProgram(json)) return 'service'
  if (!serves && (isOnlyCommand(json) || readsArguments(json))) return 'tool'
  return runsInBrowser(json) ? 'browser' : 'library'
}

/** A user interface and what bundles it, without anything that serves. */
function runsInBrowser({
  private: isPrivate,
  dependencies,
  devDependencies,
  peerDependencies,
}: PackageEvidence): boolean {
  const { serverPackages, browserPackages, bundlers } = codeRoles()
  if (dependsOn(serverPackages, dependencies, peerDependencies)) return false
  // Bundled programs need nothing at run time, and libraries test with what they do not use.
  const isBuiltFrom = isPrivate === true && !dependsOn(serverPackages, devDependencies) ? devDependencies : {}
  return (
    dependsOn(browserPackages, dependencies, peerDependencies, isBuiltFrom) &&
    dependsOn(bundlers, dependencies, devDependencies)
  )
}

/** It offers a command, and depends on what reads the arguments of commands. */
function readsArguments({ bin, dependencies }: PackageEvidence): boolean {
  return commandsOf(bin).length > 0 && dependsOn(codeRoles().commandPackages, dependencies)
}

function commandsOf(bin: unknown): string[] {
  const commands = typeof bin === 'object' && bin !== null ? Object.values(bin) : [bin]
  return commands.filter((path) => typeof path === 'string')
}

/** It offers a command and nothing to load, or loads the same module for both. */
function isOnlyCommand({ bin, main }: PackageEvidence): boolean {
  const paths = commandsOf(bin)
  return (
    paths.length > 0 && (main === undefined || paths.some((path) => sourcePath(path) === sourcePath(main)))
  )
}

/** Without extension and the folder of built code. */
function sourcePath(path: string): string {
  const segments = posix
    .normalize(path)
    .replace(/\.[cm]?[jt]s$/, '')
    .split('/')
  return (codeEntries().built.test(segments[0]!) ? segments.slice(1) : segments).join('/')
}

const OTHER_SCRIPT = /^(?:npm|pnpm|yarn|bun)(?:\s+run(?:-script)?)?\s+([\w:.-]+)/
/** `start` calling `start:dev` calling `build:watch`. */
const MAX_SCRIPTS = 6

/** Whether `start` starts something, and does not only build. */
function startsProgram({ scripts = {}, workspaces }: PackageEvidence): boolean {
  if (workspaces !== undefined) return false
  let command = scripts['start']
  for (let steps = 0; steps < MAX_SCRIPTS && command !== undefined; steps++) {
    const other = OTHER_SCRIPT.exec(command.trim())?.[1]
    if (other === undefined || scripts[other] === undefined) break
    command = scripts[other]
  }
  return command !== undefined && !command.split(/&&|\|\||[;|&]/).every(onlyBuilds)
}

function onlyBuilds(command: string): boolean {
  const program = command
    .trim()
    .split(/\s+/)
    .find((word) => !/^(?:cross-env|env|npx|pnpm|yarn|exec|dlx)$|^\w+=|^-/.test(word))
  return program !== undefined && codeRoles().builders.test(posix.basename(program))
}

function dependsOn(names: string[], ...versions: Versions[]): boolean {
  return names.some((name) => versions.some((some) => some !== undefined && Object.hasOwn(some, name)))
}
