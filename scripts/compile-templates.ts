/** Part of the build: compiles the templates, which costs more than filling them in, into a module beside the program. */
import { writeFileSync } from 'node:fs'
import Handlebars from 'handlebars'
import { COMPILE_OPTIONS, templateDigest, templateTexts } from '../src/report/templates.js'

const entries = templateTexts().map(
  (text) =>
    `${JSON.stringify(templateDigest(text))}: ${String(Handlebars.precompile(text, COMPILE_OPTIONS))}`,
)
writeFileSync('dist/templates.cjs', `module.exports = {\n${entries.join(',\n')}\n}\n`)
