// What reading alone costs: every file below a folder, its YAML documents as plain values; with `--expressions` also every
// `expr` in them as a syntax tree.
const { readdirSync, readFileSync } = require('node:fs')
const { join } = require('node:path')
const { loadAll } = require('js-yaml')

const [folder, option] = process.argv.slice(2)
const { parser } = option === '--expressions' ? require('@prometheus-io/lezer-promql') : {}

for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
  if (!entry.isFile()) continue
  const documents = loadAll(readFileSync(join(entry.parentPath, entry.name), 'utf8'))
  if (!parser) continue
  for (const document of documents)
    for (const { rules } of document.groups) for (const { expr } of rules) parser.parse(String(expr))
}
