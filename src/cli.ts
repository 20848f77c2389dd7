#!/usr/bin/env node
/** Flags in, exit code out: the only place that prints, exits, and reads arguments, environment or the clock. */
import module from 'node:module'
import { setFlagsFromString } from 'node:v8'
import { config as configureZod } from 'zod'
import { run } from './command-line.js'

// Most code of a run is used for a second or two: V8 spends more on optimising it early than that saves.
const major = Number(process.versions.node.split('.', 1)[0])
setFlagsFromString(major < 22 ? '--interrupt-budget=800000' : '--invocation-count-for-turbofan=30000')
// The same holds for the WebAssembly that draws the pictures.
setFlagsFromString('--liftoff-only')
// Node 24 lets what is young grow to 100 MB and more before it looks through it, and optimises in one more step.
if (major >= 24) for (const flag of ['--semi-space-growth-factor=1', '--no-maglev']) setFlagsFromString(flag)
// Schemas are asked a few hundred times: compiling them costs more than that saves.
configureZod({ jitless: true })

// Node 22 keeps what V8 compiled of the modules for the next start.
;(module as { enableCompileCache?: () => unknown }).enableCompileCache?.()

// Whoever reads us through `head` may close the pipe early: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

process.exitCode = await run({
  arguments: process.argv.slice(2),
  environment: process.env,
  now: () => new Date(),
  isTerminal: process.stderr.isTTY === true,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
})
