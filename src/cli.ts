#!/usr/bin/env node
/** Flags in, exit code out: the only place that prints, exits, and reads arguments, environment or the clock. */
import { run } from './command-line.js'

process.exitCode = await run({
  arguments: process.argv.slice(2),
  environment: process.env,
  now: () => new Date(),
  isTerminal: process.stderr.isTTY === true,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
})
