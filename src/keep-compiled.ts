/** A program of the build's: uses the TypeScript compiler, the templates and the program as a run does, and keeps what V8 compiled of them. */
import './v8-flags.js'
import { readFileSync } from 'node:fs'
import { keepCompiler } from './inputs/formats/typescript/syntax/compiler.js'
import { keepTemplates } from './knowledge/compiled-templates.js'
import { keepProgram } from './load-program.js'
import { keepYoungSmall } from './young-generation.js'

const [system, ...code] = process.argv.slice(2)

await keepCompiler((ts) => {
  for (const file of code) ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)
})
await keepTemplates()
await keepProgram(async ({ run }) => {
  const exitCode = await run({
    arguments: [
      'analyze',
      system!,
      ...'--fail-on none --no-render --no-cache --quiet -f json -o -'.split(' '),
    ],
    environment: {},
    now: () => new Date(),
    isTerminal: false,
    out: () => undefined,
    err: (text) => void process.stderr.write(text),
  })
  if (exitCode !== 0) throw new Error(`${system} cannot be analysed`)
  // V8 takes compiled code only under the flags under which it was kept: those of the program's start.
  keepYoungSmall()
})
