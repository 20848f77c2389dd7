/**
 * A CommonJS module with what V8 compiled of it: this program has three megabytes and the TypeScript compiler nine, and going
 * over them costs more than reading a thousand files. The build keeps the compiled code; another Node loads the module as it
 * always does.
 */
import { isAscii } from 'node:buffer'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, extname, join } from 'node:path'
import { debuglog } from 'node:util'
import { Script } from 'node:vm'

type ModuleFunction = (
  exports: unknown,
  require: NodeJS.Require,
  module: object,
  file: string,
  folder: string,
) => void

const DIGEST_BYTES = 32

/** With `NODE_DEBUG=resilience-report`. */
const debug = debuglog('resilience-report')

/** What a module exports; `folder` is where compiled code may be kept. */
export function loadCompiled(file: string, folder: string): unknown {
  const kept = keptIn(folder, file)
  if (!existsSync(kept)) return createRequire(file)(file)
  const source = readFileSync(file)
  const code = readKept(kept, source)
  if (code === null) return createRequire(file)(file)
  const script = scriptOf(file, source, code)
  debug('%s: V8 %s the compiled code', basename(file), script.cachedDataRejected ? 'rejects' : 'takes')
  return run(script, file)
}

/** V8 believes what it is given: code that was damaged, or made of another source, would end the process or do something else. */
function readKept(kept: string, source: Buffer): Buffer | null {
  const content = readFileSync(kept)
  const code = content.subarray(DIGEST_BYTES)
  return content.subarray(0, DIGEST_BYTES).equals(digestOf(source, code)) ? code : null
}

function digestOf(source: Buffer, code: Buffer): Buffer {
  return createHash('sha256').update(source).update(code).digest()
}

/** Leaves the compiled code for the next run, after a use that shows V8 what a run calls. */
export async function keepCompiled(
  file: string,
  folder: string,
  use: (exports: unknown) => unknown,
): Promise<void> {
  const source = readFileSync(file)
  const script = scriptOf(file, source)
  await use(run(script, file))
  const code = script.createCachedData()
  writeFileSync(keptIn(folder, file), Buffer.concat([digestOf(source, code), code]))
}

/** Only the V8 that made it, on the same kind of processor, can read it. */
function keptIn(folder: string, file: string): string {
  return join(folder, `${basename(file, extname(file))}-${process.versions.v8}-${process.arch}.bin`)
}

function scriptOf(file: string, source: Buffer, cachedData?: Buffer): Script {
  // Text of one byte a character, if it is that, is made four times faster than by decoding.
  const content = source.toString(isAscii(source) ? 'latin1' : 'utf8')
  const text = `(function (exports, require, module, __filename, __dirname) {${content}\n})`
  return new Script(text, {
    filename: file,
    ...(cachedData && { cachedData }),
  })
}

function run(script: Script, file: string): unknown {
  const module = { exports: {} }
  const define = script.runInThisContext() as ModuleFunction
  define.call(module.exports, module.exports, createRequire(file), module, file, dirname(file))
  return module.exports
}
