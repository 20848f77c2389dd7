// The yardstick: a bare ts.createSourceFile over the TypeScript files listed in a JSON file.
const { readFileSync } = require('node:fs')
const { ts } = require('ts-morph')

for (const path of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, false)
}
