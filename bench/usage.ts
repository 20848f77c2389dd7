/** What a child process used, as bench/usage.cjs tells it. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Usage {
  cpuSeconds: number
  megabytes: number
}

/** Runs node with the arguments; `scratch` takes its files, the cache among them. CPU of its own children is not included. */
export function measure(command: string[], scratch: string): Usage {
  const file = join(scratch, 'usage.json')
  execFileSync(process.execPath, ['--require', './bench/usage.cjs', ...command], {
    env: { ...process.env, USAGE_FILE: file, XDG_CACHE_HOME: join(scratch, 'cache') },
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 600_000,
  })
  return JSON.parse(readFileSync(file, 'utf8')) as Usage
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]!
}
