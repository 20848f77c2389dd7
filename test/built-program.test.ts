import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'

/** V8 takes compiled code only under the flags under which it was kept: a flag that is set later or earlier loses it silently. */
it.skipIf(!existsSync('dist'))('the built program is loaded with what the build compiled of it', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['dist/cli.js', 'analyze', 'samples/lomash-wood', ...'--fail-on none --no-cache -f json -o -'.split(' ')],
    {
      encoding: 'utf8',
      env: { ...process.env, NODE_DEBUG: 'resilience-report', NODE_OPTIONS: '' },
      timeout: 60_000,
    },
  )
  expect(status).toBe(0)
  const loaded = stderr.match(/\S+: V8 \S+ the compiled code/g) ?? []
  expect(loaded.sort()).toEqual([
    'program.cjs: V8 takes the compiled code',
    'templates.cjs: V8 takes the compiled code',
    'typescript.js: V8 takes the compiled code',
  ])
})
