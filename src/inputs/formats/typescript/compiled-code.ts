/**
 * A CommonJS module of a package with what V8 compiled of it: the compiler has nine megabytes, and going over them costs more
 * than reading a thousand files. The build keeps the compiled code; another Node, or other flags, compile it anew.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { Script } from 'node:vm'

export interface CompiledModule {
  exports: unknown
  /** Writes what V8 has compiled so far, also of functions that were called since. */
  keep(): void
}

type ModuleFunction = (
  exports: unknown,
  require: NodeJS.Require,
  module: object,
  file: string,
  folder: string,
) => void

/** `kept`: the file with the compiled code, which may be absent or of another Node. */
export function loadCompiled(file: string, kept: string): CompiledModule {
  const cachedData = existsSync(kept) ? readFileSync(kept) : undefined
  const script = new Script(
    `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'utf8')}\n})`,
    {
      filename: file,
      ...(cachedData && { cachedData }),
    },
  )
  const module = { exports: {} }
  const run = script.runInThisContext() as ModuleFunction
  run.call(module.exports, module.exports, createRequire(file), module, file, dirname(file))
  return { exports: module.exports, keep: () => writeFileSync(kept, script.createCachedData()) }
}
