/** A folder with files, and programs that stand for helm and kustomize: they print what the real ones were seen to print. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'

const made: string[] = []
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

export function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'rendering-test-'))
  made.push(folder)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

/** `body`: JavaScript that sees `args`, and `fs`. */
export function program(body: string, name = 'tool.cjs'): string {
  const path = join(folderWith({}), name)
  writeFileSync(
    path,
    `#!${process.execPath}\nconst args = process.argv.slice(2)\nconst fs = require('node:fs')\n${body}\n`,
  )
  chmodSync(path, 0o755)
  return path
}

/** A helm that renders by what JavaScript makes of the values files it is given. */
export function helm(body: string): string {
  return program(`if (args[0] === 'version') { console.log('v3.14.2+gc309b6f'); process.exit() }
const values = args.includes('--values') ? fs.readFileSync(args[args.indexOf('--values') + 1], 'utf8') : ''
${body}`)
}

export function kustomize(body: string): string {
  return program(`if (args[0] === 'version') { console.log('v5.5.0'); process.exit() }\n${body}`)
}
