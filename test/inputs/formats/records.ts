/** Records of chaos tools as files. */
import type { InputFile } from '../../../src/inputs/format.js'

/** A text as it stands, anything else as JSON. */
export function recordFile(value: unknown, path = 'chaos/record.json'): InputFile {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  return { path, extension: path.slice(path.lastIndexOf('.')), text, sha256: 'ab12cd34ef56ab12cd34' }
}
