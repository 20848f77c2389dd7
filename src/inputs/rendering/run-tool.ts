/** Runs a renderer over files of strangers: without a shell, network or the user's settings, and within limits. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { devNull, tmpdir } from 'node:os'
import { join } from 'node:path'
import { renderingPolicy, type RenderingPolicy } from '../../knowledge/rendering.js'

type Limits = Pick<RenderingPolicy['limits'], 'timeoutSeconds' | 'outputMegabytes'>

export type ToolRun = { output: string } | { failure: string }

const BYTES_PER_MEGABYTE = 1024 * 1024
const MAX_ERROR_BYTES = 64 * 1024
const MAX_REASON = 400
/** Nothing listens there: whatever a tool wants to fetch fails at once. */
const NO_NETWORK = 'http://127.0.0.1:9'

/** Never throws. What a failed tool says comes without the paths of `folder`, where it ran. */
export async function runTool(
  executable: string,
  args: string[],
  folder?: string,
  limits: Limits = renderingPolicy().limits,
): Promise<ToolRun> {
  let home: string | null = null
  try {
    home = mkdtempSync(join(tmpdir(), 'resilience-report-home-'))
    return await running(executable, args, { home, folder: folder ?? home }, limits)
  } catch (error) {
    return { failure: `it cannot be started (${codeOf(error)})` }
  } finally {
    if (home !== null) rmSync(home, { recursive: true, force: true })
  }
}

function running(
  executable: string,
  args: string[],
  { home, folder }: { home: string; folder: string },
  { timeoutSeconds, outputMegabytes }: Limits,
): Promise<ToolRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(executable, args, {
      cwd: folder,
      env: environmentIn(home),
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that what it starts ends with it.
      detached: process.platform !== 'win32',
    })
    const [output, errors]: Buffer[][] = [[], []]
    let [size, errorSize] = [0, 0]
    let broken: string | null = null
    const stop = (why: string): void => {
      broken ??= why
      end(child)
    }
    const timer = setTimeout(() => stop(`it did not end within ${timeoutSeconds} s`), timeoutSeconds * 1000)
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > outputMegabytes * BYTES_PER_MEGABYTE) stop(`it printed over ${outputMegabytes} MB`)
      else output!.push(chunk)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      if (errorSize < MAX_ERROR_BYTES) errors!.push(chunk)
      errorSize += chunk.length
    })
    child.on('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      if (broken !== null) return resolve({ failure: broken })
      if (code === 0) return resolve({ output: Buffer.concat(output!).toString('utf8') })
      const said = reasonIn(Buffer.concat(errors!).toString('utf8'), [folder, home])
      resolve({ failure: said ?? `it ended with ${signal ?? `exit code ${code}`} and said nothing` })
    })
  })
}

/** Its group as well; ended ones are no error. */
function end(child: ChildProcess): void {
  try {
    if (process.platform === 'win32' || child.pid === undefined) child.kill('SIGKILL')
    else process.kill(-child.pid, 'SIGKILL')
  } catch {
    // Nothing of it is left.
  }
}

/** Nothing of the user's: no credentials, plugins, repositories or clusters, and no programs to call. */
function environmentIn(home: string): Record<string, string> {
  const own = Object.fromEntries(
    ['HELM_CACHE_HOME', 'HELM_CONFIG_HOME', 'HELM_DATA_HOME', 'HELM_PLUGINS', 'XDG_CONFIG_HOME'].map(
      (name) => [name, join(home, name.toLowerCase())],
    ),
  )
  const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy']
  return {
    ...own,
    ...Object.fromEntries(proxies.map((name) => [name, NO_NETWORK])),
    PATH: '',
    HOME: home,
    TMPDIR: home,
    KUBECONFIG: devNull,
    LC_ALL: 'C',
    TZ: 'UTC',
  }
}

/** The prefix of Kubernetes' log lines holds the time and the process. */
const LOG_PREFIX = /^[IWEF]\d{4} [\d:.]+ +\d+ [^\]\s]+\] */
const LEAD = /^error:\s*|^"command failed" err=/i
const WARNING = /^#|^warning\b/i

/** The line that says why: the first that calls itself an error, else the first that is more than a warning. */
function reasonIn(text: string, folders: string[]): string | null {
  const lines = text
    .split('\n')
    .map((line) => folders.reduce((left, folder) => withoutFolder(left, folder), line))
    .map((line) => line.replace(LOG_PREFIX, '').trim())
    .filter((line) => line !== '')
  const line =
    lines.find((candidate) => LEAD.test(candidate)) ??
    lines.find((candidate) => !WARNING.test(candidate)) ??
    lines[0]
  if (line === undefined) return null
  const reason = line.replace(LEAD, '').replace(/^"(.*)"$/, '$1')
  return reason.length > MAX_REASON ? `${reason.slice(0, MAX_REASON)}…` : reason
}

/** Systems where the folder for temporary files is a link name it in both ways. */
function withoutFolder(text: string, folder: string): string {
  return text.replaceAll(`/private${folder}/`, '').replaceAll(`${folder}/`, '').replaceAll(folder, '.')
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
