/**
 * Part of the build: compiles the templates, which costs more than filling them in, into a module beside the program; and
 * leaves the digest of the program, so that what one build keeps is not taken for that of another.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Handlebars from 'handlebars'
import { COMPILE_OPTIONS, templateDigest, templateTexts } from '../src/report/templates.js'

const entries = templateTexts().map(
  (text) =>
    `${JSON.stringify(templateDigest(text))}: ${String(Handlebars.precompile(text, COMPILE_OPTIONS))}`,
)
writeFileSync('dist/templates.cjs', `module.exports = {\n${entries.join(',\n')}\n}\n`)

// The libraries count by their exact versions in package.json.
const digest = createHash('sha256').update(readFileSync('package.json'))
const modules = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.js'),
)
for (const name of modules.sort()) digest.update(name).update(readFileSync(join('dist', name)))
writeFileSync('dist/digest.txt', `${digest.digest('hex').slice(0, 16)}\n`)
