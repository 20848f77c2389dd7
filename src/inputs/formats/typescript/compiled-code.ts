/**
 * A CommonJS module of a package with what V8 compiled of it: the compiler has nine megabytes, and going over them costs more
 * than reading a thousand files. The build keeps the compiled code; another Node loads the module as it always does.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Script } from 'node:vm'

type ModuleFunction = (
  exports: unknown,
  require: NodeJS.Require,
  module: object,
  file: string,
  folder: string,
) => void

/** What a module exports; `folder` is where compiled code may be kept. */
export function loadCompiled(file: string, folder: string): unknown {
  const kept = keptIn(folder)
  return existsSync(kept) ? run(scriptOf(file, readFileSync(kept)), file) : createRequire(file)(file)
}

/** Leaves the compiled code for the next run, after a use that shows V8 what a run calls. */
export function keepCompiled(file: string, folder: string, use: (exports: unknown) => void): void {
  const script = scriptOf(file)
  use(run(script, file))
  writeFileSync(keptIn(folder), script.createCachedData())
}

/** Only the V8 that made it, on the same kind of processor, can read it. */
function keptIn(folder: string): string {
  return join(folder, `compiler-${process.versions.v8}-${process.arch}.bin`)
}

function scriptOf(file: string, cachedData?: Buffer): Script {
  const text = `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'utf8')}\n})`
  return new Script(text, { filename: file, ...(cachedData && { cachedData }) })
}

function run(script: Script, file: string): unknown {
  const module = { exports: {} }
  const define = script.runInThisContext() as ModuleFunction
  define.call(module.exports, module.exports, createRequire(file), module, file, dirname(file))
  return module.exports
}
