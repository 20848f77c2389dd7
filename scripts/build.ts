/**
 * The build: the program and its libraries in few files, because finding and loading hundreds costs more than most runs
 * compute; the templates compiled, which costs more than filling them in; and a digest of both, so that what one build keeps
 * is not taken for another's.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import Handlebars from 'handlebars'
import { COMPILE_OPTIONS, templateDigest, templateTexts } from '../src/report/templates.js'

/** Loaded only when they are needed, from their own packages: large, or with files of their own beside the code. */
const APART = [
  '@sparticuz/chromium',
  '@viz-js/viz',
  'dejavu-fonts-ttf',
  'puppeteer',
  'ts-morph',
  'vega',
  'vega-lite',
]
/** Libraries of the older module system ask for Node's own modules by this name. */
const REQUIRE =
  "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);"

/** Found by their folder when the program runs. */
const FORMATS = ['src/inputs/formats', 'src/report/formats']

rmSync('dist', { recursive: true, force: true })
await build({
  entryPoints: ['src/cli.ts', ...FORMATS.flatMap(modulesIn)],
  outbase: 'src',
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  external: APART,
  banner: { js: REQUIRE },
  legalComments: 'linked',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: 'linked',
  logLevel: 'warning',
})
writeFileSync('dist/templates.cjs', compiledTemplates())
writeFileSync('dist/digest.txt', `${digest()}\n`)

function modulesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(folder, entry.name))
}

function compiledTemplates(): string {
  const entries = templateTexts().map(
    (text) =>
      `${JSON.stringify(templateDigest(text))}: ${String(Handlebars.precompile(text, COMPILE_OPTIONS))}`,
  )
  return `module.exports = {\n${entries.join(',\n')}\n}\n`
}

/** The libraries count by their exact versions in package.json. */
function digest(): string {
  const hash = createHash('sha256').update(readFileSync('package.json'))
  const modules = readdirSync('dist', { recursive: true, encoding: 'utf8' })
  for (const name of modules.filter((name) => /\.c?js$/.test(name)).sort())
    hash.update(name).update(readFileSync(join('dist', name)))
  return hash.digest('hex').slice(0, 16)
}
