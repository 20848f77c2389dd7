/** The `manifest.json` of a browser extension: what stands with it runs in a browser. */
import { posix } from 'node:path'
import type { Format } from '../format.js'

const NAME = /^manifest([.-][\w-]+)*\.json$/
const VERSION = /"manifest_version"\s*:\s*[23]\b/

export const browserExtension: Format = {
  name: 'browser-extension',
  title: 'manifest of a browser extension',

  recognises: ({ path, extension, text }) =>
    extension === '.json' && NAME.test(posix.basename(path)) && VERSION.test(text),

  /** Browsers allow comments in it, and nothing but its place is used: it is not parsed. */
  read({ path, text }) {
    const line = text.slice(0, VERSION.exec(text)?.index).split('\n').length
    const folder = posix.dirname(path) === '.' ? '' : posix.dirname(path)
    const source = { path, line, column: 1, endLine: line }
    return { facts: [{ fact: 'browser-extension', source, folder }], problems: [] }
  },
}

export default browserExtension
