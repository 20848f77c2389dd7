/** Runs a renderer over files of strangers: without network or the user's settings, and within limits. */
import { spawn, type ChildProcess } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { devNull } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { renderingPolicy, type RenderingPolicy } from '../../knowledge/manifests/rendering.js'
import { onInterruption } from './interruption.js'
import { closeFolder, openFolder } from './temporary.js'
import { reasonIn } from './tool-errors.js'

export interface RunOptions {
  /** Where it runs; a folder of its own unless given. */
  folder?: string
  limits?: Pick<RenderingPolicy['limits'], 'timeoutSeconds' | 'outputMegabytes' | 'memoryMegabytes'>
  /** Ends all calls: its reason is a text that says why. */
  until?: AbortSignal | undefined
}

export type ToolRun = { output: string } | { failure: string }

const BYTES_PER_MEGABYTE = 1024 * 1024
const KILOBYTES_PER_MEGABYTE = 1024
const MAX_ERROR_BYTES = 64 * 1024
/** Nothing listens there: whatever a tool wants to fetch fails at once. */
const NO_NETWORK = 'http://127.0.0.1:9'

/** Never throws. What a failed tool says comes without the paths of `folder`, where it ran. */
export async function runTool(
  executable: string,
  args: string[],
  { folder, limits = renderingPolicy().limits, until }: RunOptions = {},
): Promise<ToolRun> {
  if (until?.aborted) return { failure: String(until.reason) }
  let home: string | null = null
  try {
    accessSync(executable, constants.X_OK)
    home = openFolder()
    return await running([executable, ...args], { home, folder: folder ?? home }, limits, until)
  } catch (error) {
    return { failure: `it cannot be started (${codeOf(error)})` }
  } finally {
    if (home !== null) closeFolder(home)
  }
}

function running(
  command: string[],
  { home, folder }: { home: string; folder: string },
  limits: NonNullable<RunOptions['limits']>,
  until: AbortSignal | undefined,
): Promise<ToolRun> {
  return new Promise((resolve, reject) => {
    const [executable, ...args] = limited(command, limits.memoryMegabytes)
    const child = spawn(executable!, args, {
      cwd: folder,
      env: environmentIn(home),
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that what it starts ends with it.
      detached: process.platform !== 'win32',
    })
    const watch = watched(child, limits.timeoutSeconds, until)
    const tooMuch = `it printed over ${limits.outputMegabytes} MB`
    const output = collected(child.stdout, limits.outputMegabytes * BYTES_PER_MEGABYTE, () =>
      watch.stop(tooMuch),
    )
    const errors = collected(child.stderr, MAX_ERROR_BYTES, () => undefined)
    child.on('error', (error) => {
      watch.end()
      reject(error)
    })
    child.on('close', (code, signal) => {
      const broken = watch.end()
      if (broken !== null) return resolve({ failure: broken })
      if (code === 0) return resolve({ output: output() })
      const said = reasonIn(errors(), [folder, home])
      resolve({ failure: said ?? `it ended with ${signal ?? `exit code ${code}`} without output` })
    })
  })
}

interface Watch {
  stop: (why: string) => void
  /** Why it was stopped; null when it was not. */
  end: () => string | null
}

/** Stops what takes too long, and whatever of it is left when it ends. */
function watched(child: ChildProcess, timeoutSeconds: number, until: AbortSignal | undefined): Watch {
  let broken: string | null = null
  const stop = (why: string): void => {
    broken ??= why
    kill(child)
    // What left its group may hold them open for ever.
    for (const stream of [child.stdout, child.stderr]) stream?.destroy()
  }
  const timer = setTimeout(() => stop(`it did not end within ${timeoutSeconds} s`), timeoutSeconds * 1000)
  const onAbort = (): void => stop(String(until?.reason))
  until?.addEventListener('abort', onAbort)
  const forget = onInterruption(() => kill(child))
  const end = (): string | null => {
    clearTimeout(timer)
    until?.removeEventListener('abort', onAbort)
    kill(child)
    forget()
    return broken
  }
  return { stop, end }
}

/** What a stream gave, up to a size. */
function collected(stream: Readable, most: number, onMore: () => void): () => string {
  const chunks: Buffer[] = []
  let size = 0
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= most) chunks.push(chunk)
    else onMore()
  })
  return () => Buffer.concat(chunks).toString('utf8')
}

const SHELL = '/bin/sh'
/** The command is never part of the script: a shell only sets the limit and becomes the program. */
const WITH_LIMIT = 'ulimit -d "$1" 2>/dev/null; shift; exec "$@"'

/** Templates can ask for any amount of memory. Systems without such a limit run the program without one. */
function limited(command: string[], memoryMegabytes: number): string[] {
  try {
    accessSync(SHELL, constants.X_OK)
  } catch {
    return command
  }
  return [SHELL, '-c', WITH_LIMIT, 'sh', String(memoryMegabytes * KILOBYTES_PER_MEGABYTE), ...command]
}

/** Its group as well; ended ones are no error. */
function kill(child: ChildProcess): void {
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
    // An empty one would mean the folder where it runs, with the files of strangers.
    PATH: join(home, 'no-programs'),
    HOME: home,
    TMPDIR: home,
    KUBECONFIG: devNull,
    LC_ALL: 'C',
    TZ: 'UTC',
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
