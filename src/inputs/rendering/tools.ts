/** The user's helm and kustomize: where they are, and which versions. */
import { accessSync, constants, realpathSync, statSync } from 'node:fs'
import { delimiter, isAbsolute, join, resolve } from 'node:path'
import { UserError } from '../../knowledge/load.js'
import { isWithin } from './within.js'
import { runTool, type ToolRun } from './run-tool.js'

export interface RenderingOptions {
  /** Executables that the user named. */
  helm: string | null
  kustomize: string | null
  /** Folders in which the others are looked for, as in the environment variable. */
  searchPath: string
}

export interface Tool {
  name: 'helm' | 'kustomize' | 'kubectl kustomize'
  executable: string
  version: string
  /** Ends every call when the time for all of them is used up. */
  until?: AbortSignal | undefined
}

/** Each with why there is none. */
export interface Tools {
  helm: Tool | string
  kustomize: Tool | string
}

interface Candidate {
  name: Tool['name']
  file: string
  versionArguments: string[]
  version: RegExp
}

const HELM: Candidate = {
  name: 'helm',
  file: 'helm',
  versionArguments: ['version', '--short'],
  version: /\bv?(\d+\.\d+\.\d+[\w.+-]*)/,
}
const KUSTOMIZE: Candidate = {
  name: 'kustomize',
  file: 'kustomize',
  versionArguments: ['version'],
  version: /\bv?(\d+\.\d+\.\d+[\w.+-]*)/,
}
/** Has Kustomize built in. */
const KUBECTL: Candidate = {
  name: 'kubectl kustomize',
  file: 'kubectl',
  versionArguments: ['version', '--client'],
  version: /Kustomize Version:\s*v?(\d+\.\d+\.\d+[\w.+-]*)/,
}

/** Asks no tool that `needs` does not name. Throws a UserError for a named one that is no executable. */
export async function findTools(
  { helm, kustomize, searchPath }: RenderingOptions,
  needs: { helm: boolean; kustomize: boolean },
  root: string,
  until?: AbortSignal,
): Promise<Tools> {
  const named = (option: string, path: string | null): string | null => {
    if (path === null || isExecutable(resolve(path))) return path && resolve(path)
    throw new UserError(`${option} ${path}: not an executable file; name the program, or omit the option`)
  }
  const [ownHelm, ownKustomize] = [named('--helm', helm), named('--kustomize', kustomize)]
  const first = async (candidates: Candidate[], own: string | null): Promise<Tool | string> => {
    const reasons: string[] = []
    for (const candidate of candidates) {
      const executable = own ?? inPath(candidate.file, searchPath, root)
      const tool = executable === null ? null : await identify(candidate, executable)
      if (tool !== null && typeof tool !== 'string') return { ...tool, until }
      if (tool !== null) reasons.push(tool)
    }
    return reasons[0] ?? `${candidates[0]!.file} was not found`
  }
  return {
    helm: needs.helm ? await first([HELM], ownHelm) : 'not needed',
    kustomize: needs.kustomize ? await first([KUSTOMIZE, KUBECTL], ownKustomize) : 'not needed',
  }
}

async function identify(candidate: Candidate, executable: string): Promise<Tool | string> {
  const { file, name, versionArguments, version } = candidate
  const run: ToolRun = await runTool(executable, versionArguments)
  if ('failure' in run) return `${file} does not report its version: ${run.failure}`
  const found = version.exec(run.output)?.[1]
  if (found === undefined) return `${file} does not report its version in a recognised form`
  if (name === 'helm' && Number.parseInt(found, 10) < 3)
    return `helm ${found} is too old: version 3 is needed`
  return { name, executable, version: `v${found}` }
}

/** Nothing that lies in the analysed folder is run: its author may be a stranger. */
function inPath(file: string, searchPath: string, root: string): string | null {
  const folders = searchPath
    .split(delimiter)
    .filter((folder) => isAbsolute(folder) && !isWithin(folder, root))
  const endings = process.platform === 'win32' ? ['.exe'] : ['']
  const paths = folders.flatMap((folder) => endings.map((ending) => join(folder, file + ending)))
  return paths.find((path) => isExecutable(path) && !isWithin(realPath(path), realPath(root))) ?? null
}

/** A folder of PATH may be a link into the analysed folder. */
function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
