#!/usr/bin/env node
/** Flags in, exit code out: the only place that prints, exits, and reads arguments, environment or the clock. */
import module from 'node:module'
import './v8-flags.js'
import { loadProgram } from './load-program.js'
import { keepYoungSmall } from './young-generation.js'

// Node 22 keeps what V8 compiled of modules for the next start.
;(module as { enableCompileCache?: () => unknown }).enableCompileCache?.()

// Whoever reads us through `head` may close the pipe early: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

keepYoungSmall()
const { run } = await loadProgram()

process.exitCode = await run({
  arguments: process.argv.slice(2),
  environment: process.env,
  now: () => new Date(),
  isTerminal: process.stderr.isTTY === true,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
})
