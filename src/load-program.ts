/** The program: the sources, or what the build made of them. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type * as CommandLine from './command-line.js'
import { MODULE_FOLDER } from './facts/package-folder.js'
import { keepCompiled, loadCompiled } from './knowledge/compiled-code.js'

export type Program = typeof CommandLine

const BUILT = join(MODULE_FOLDER, 'program.cjs')

export async function loadProgram(): Promise<Program> {
  return existsSync(BUILT) ? (loadCompiled(BUILT, MODULE_FOLDER) as Program) : import('./command-line.js')
}

/** For the build: leaves the compiled code where the next run finds it. */
export function keepProgram(use: (program: Program) => unknown): Promise<void> {
  return keepCompiled(BUILT, MODULE_FOLDER, (exports) => use(exports as Program))
}
