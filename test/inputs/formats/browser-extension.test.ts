import { expect, test } from 'vitest'
import type { InputFile } from '../../../src/inputs/format.js'
import format from '../../../src/inputs/formats/browser-extension.js'

const file = (path: string, text: string): InputFile => ({ path, extension: '.json', text, sha256: '' })
const MANIFEST = '{\n  "name": "Shop",\n  "manifest_version": 3\n}'

test.each(['manifest.json', 'apps/extension/manifest.json', 'public/manifest.dev.json', 'manifest-v2.json'])(
  '%s is the manifest of an extension by what it says',
  (path) => {
    expect(format.recognises(file(path, MANIFEST))).toBe(true)
    expect(format.recognises(file(path, MANIFEST.replace('3', '2')))).toBe(true)
    expect(format.recognises(file(path, '{"name":"Shop","start_url":"/"}'))).toBe(false)
    expect(format.recognises(file(path, '{"manifest_version":"1.0"}'))).toBe(false)
  },
)

test('another file is none', () => {
  expect(format.recognises(file('src/extension.json', MANIFEST))).toBe(false)
})

test('it tells a folder, also where it is broken or has comments', async () => {
  const context = { libraries: [], prefilter: true }
  const read = async (path: string, text: string) => format.read(file(path, text), context)
  expect(await read('apps/extension/manifest.json', MANIFEST)).toEqual({
    facts: [
      {
        fact: 'browser-extension',
        source: { path: 'apps/extension/manifest.json', line: 3, column: 1, endLine: 3 },
        folder: 'apps/extension',
      },
    ],
    problems: [],
  })
  expect(await read('manifest.json', `// for Chrome\n${MANIFEST.slice(0, -1)}`)).toMatchObject({
    facts: [{ folder: '', source: { line: 4 } }],
    problems: [],
  })
})
