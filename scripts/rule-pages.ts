/** Writes docs/rules.md and a page per rule from the catalogue; with --check, says whether they are as they should be. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Handlebars from 'handlebars'
import { loadPolicies } from '../src/knowledge/policies.js'
import { sharedQuestions } from '../src/knowledge/shared-questions.js'
import { loadCatalogue } from '../src/rules/catalogue.js'

const FOLDER = 'docs/rules'
const { rules } = loadCatalogue(loadPolicies().patterns)
const page = Handlebars.compile(readFileSync('templates/rule.md.hbs', 'utf8'), { noEscape: true })
const index = Handlebars.compile(readFileSync('templates/rules.md.hbs', 'utf8'), { noEscape: true })

const categories = [...new Set(rules.map(({ category }) => category))].sort()
const pages = new Map([
  [
    'README.md',
    index({
      count: rules.length,
      shared: Object.values(sharedQuestions()),
      categories: categories.map((category) => ({
        category,
        rules: rules.filter((rule) => rule.category === category),
      })),
    }),
  ],
  ...rules.map((rule): [string, string] => [
    `${rule.id}.md`,
    page({ ...rule, settings: Object.entries(rule.parameters).map(([name, value]) => ({ name, value })) }),
  ]),
])

if (process.argv.includes('--check')) {
  const present = readdirSync(FOLDER)
  const stale = [...pages]
    .filter(([name, text]) => !present.includes(name) || readFileSync(join(FOLDER, name), 'utf8') !== text)
    .map(([name]) => name)
  const extra = present.filter((name) => !pages.has(name))
  if (stale.length + extra.length > 0) {
    console.error(
      `docs/rules is not what the catalogue says (${[...stale, ...extra].join(', ')}): run \`npm run docs\` and commit the difference`,
    )
    process.exitCode = 1
  }
} else {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  for (const [name, text] of pages) writeFileSync(join(FOLDER, name), text)
  console.log(`${pages.size} pages in ${FOLDER}`)
}
