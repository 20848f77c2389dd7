/**
 * The build: the program and its libraries in one file with what V8 compiles of it, because finding, loading and compiling
 * hundreds costs more than most runs compute; the knowledge checked and the templates compiled, which costs more than using
 * them; and a digest of the program, so that what one build keeps is not taken for another's.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { COMPILED, precompile } from '../src/knowledge/compiled-templates.js'
import { PREPARED } from '../src/knowledge/prepared.js'
import { reportTemplates } from '../src/report/templates.js'
import { wordingTemplates } from '../src/rules/wording.js'
import { listedFolders } from './listed-folders.js'
import { syntaxKinds } from './syntax-kinds.js'
import { preparedKnowledge } from './prepared-knowledge.js'

/** Loaded only when they are needed, from their own packages: large, or with files of their own beside the code. */
const APART = ['@sparticuz/chromium', '@viz-js/viz', 'puppeteer', 'ts-morph', 'vega', 'vega-lite']
/** What is used before the compiled code is kept. */
const SAMPLE = 'samples/lomash-wood'

const COMMON = {
  bundle: true,
  external: APART,
  platform: 'node',
  target: 'node20',
  sourcemap: 'linked',
  logLevel: 'warning',
} as const

rmSync('dist', { recursive: true, force: true })
// In one file of the older module system, whose compiled code Node 20 can keep too.
await build({
  ...COMMON,
  entryPoints: ['src/command-line.ts'],
  outfile: 'dist/program.cjs',
  format: 'cjs',
  plugins: [listedFolders, syntaxKinds],
  define: { 'import.meta.url': 'programUrl' },
  banner: { js: "const programUrl = require('node:url').pathToFileURL(__filename).href;" },
  legalComments: 'linked',
  minifyWhitespace: true,
  minifySyntax: true,
})
await build({
  ...COMMON,
  entryPoints: ['src/cli.ts', 'src/keep-compiled.ts'],
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  splitting: true,
  format: 'esm',
  // Where nothing is built, the sources are loaded.
  external: [...APART, './command-line.js'],
})
writeFileSync('dist/program.cjs', readFileSync('dist/program.cjs', 'utf8').replace(/[^\0-\x7f]/g, escaped))
copyFileSync('src/import-package.cjs', 'dist/import-package.cjs')
const knowledge = preparedKnowledge()
writeFileSync(join('dist', PREPARED), knowledge.content)
writeFileSync(
  join('dist', COMPILED),
  precompile([...reportTemplates(), ...knowledge.rules.flatMap(wordingTemplates)]),
)
writeFileSync('dist/digest.txt', `${digest()}\n`)

execFileSync(process.execPath, ['dist/keep-compiled.js', SAMPLE, ...sampleCode()], { stdio: 'inherit' })

/** In what esbuild leaves as it is, regular expressions and their sources: V8 holds text of one byte a character in half the memory. */
function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** A first use for the compiler. */
function sampleCode(): string[] {
  const names = readdirSync(SAMPLE, { recursive: true, encoding: 'utf8' })
  return names.filter((name) => name.endsWith('.ts')).map((name) => join(SAMPLE, name))
}

/** The libraries count by their exact versions in package.json. */
function digest(): string {
  const hash = createHash('sha256').update(readFileSync('package.json'))
  const modules = readdirSync('dist', { recursive: true, encoding: 'utf8' })
  for (const name of modules.filter((name) => /\.c?js$/.test(name)).sort())
    hash.update(name).update(readFileSync(join('dist', name)))
  return hash.digest('hex').slice(0, 16)
}
