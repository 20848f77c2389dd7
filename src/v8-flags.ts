/** How V8 is to treat a program that runs for a second or two; set before anything else is loaded. */
import { setFlagsFromString } from 'node:v8'

// Most code of a run is used for a second or two: V8 spends more on optimising it early than that saves.
const major = Number(process.versions.node.split('.', 1)[0])
setFlagsFromString(major < 22 ? '--interrupt-budget=800000' : '--invocation-count-for-turbofan=30000')
// Inlining, too, costs a run of seconds more than it gives.
for (const flag of ['--max-inlined-bytecode-size=100', '--max-inlined-bytecode-size-cumulative=100'])
  setFlagsFromString(flag)
// The same holds for the WebAssembly that draws the pictures.
setFlagsFromString('--liftoff-only')
// Node 24 lets what is young grow to 100 MB and more before it looks through it, and optimises in one more step.
if (major >= 24) for (const flag of ['--semi-space-growth-factor=1', '--no-maglev']) setFlagsFromString(flag)
