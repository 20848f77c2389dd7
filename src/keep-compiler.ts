/** A program of the build's: runs the TypeScript compiler under the flags of a run, and keeps what V8 compiled of it. */
import './v8-flags.js'
import { readFileSync } from 'node:fs'
import { keepCompiler } from './inputs/formats/typescript/syntax/compiler.js'

keepCompiler((ts) => {
  for (const file of process.argv.slice(2))
    ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)
})
