// The yardstick: every file below a folder, read and parsed as JSON, one after the other.
const { readdirSync, readFileSync } = require('node:fs')
const { join } = require('node:path')

for (const entry of readdirSync(process.argv[2], { withFileTypes: true, recursive: true })) {
  if (entry.isFile()) JSON.parse(readFileSync(join(entry.parentPath, entry.name), 'utf8'))
}
