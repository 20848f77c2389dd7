/**
 * The build: the program and its libraries in few files, because finding and loading hundreds costs more than most runs
 * compute; the knowledge checked and the templates compiled, which costs more than using them; and a digest of the program,
 * so that what one build keeps is not taken for another's.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { COMPILED, precompile } from '../src/knowledge/compiled-templates.js'
import { PREPARED } from '../src/knowledge/prepared.js'
import { reportTemplates } from '../src/report/templates.js'
import { wordingTemplates } from '../src/rules/wording.js'
import { preparedKnowledge } from './prepared-knowledge.js'

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
  entryPoints: ['src/cli.ts', 'src/keep-compiler.ts', ...FORMATS.flatMap(modulesIn)],
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
  minifyWhitespace: true,
  minifySyntax: true,
  sourcemap: 'linked',
  logLevel: 'warning',
})
const knowledge = preparedKnowledge()
writeFileSync(join('dist', PREPARED), knowledge.content)
writeFileSync(
  join('dist', COMPILED),
  precompile([...reportTemplates(), ...knowledge.rules.flatMap(wordingTemplates)]),
)
writeFileSync('dist/digest.txt', `${digest()}\n`)

execFileSync(process.execPath, ['dist/keep-compiler.js', ...sampleCode()])

/** A first use for the compiler. */
function sampleCode(): string[] {
  const names = readdirSync('samples', { recursive: true, encoding: 'utf8' })
  return names.filter((name) => name.endsWith('.ts')).map((name) => join('samples', name))
}

function modulesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(folder, entry.name))
}

/** The libraries count by their exact versions in package.json. */
function digest(): string {
  const hash = createHash('sha256').update(readFileSync('package.json'))
  const modules = readdirSync('dist', { recursive: true, encoding: 'utf8' })
  for (const name of modules.filter((name) => /\.c?js$/.test(name)).sort())
    hash.update(name).update(readFileSync(join('dist', name)))
  return hash.digest('hex').slice(0, 16)
}
