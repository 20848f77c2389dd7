/** Reads files of environment variables (`.env`, `.env.example`): no facts of their own, but addresses that the code is judged by. */
import type { Format } from '../format.js'

const VARIABLE = /^[ \t]*(?:export[ \t]+)?[A-Za-z_]\w*=/
const REMARK = /^[ \t]*(?:#|$)/

export const environmentFile: Format = {
  name: 'environment-file',
  title: 'file of environment variables',

  recognises: ({ extension, path, text }) => isNamedSo(extension, path) && firstLine(text) !== null,

  read: () => ({ facts: [], problems: [] }),
}

/** Other text, such as a shell script or properties, has such lines too. */
function isNamedSo(extension: string, path: string): boolean {
  return extension === '.env' || /(^|\/)\.env[^/]*$/.test(path)
}

/** The first line that is no remark, if it sets a variable. */
function firstLine(text: string): string | null {
  const line = text.split('\n').find((one) => !REMARK.test(one))
  return line !== undefined && VARIABLE.test(line) ? line : null
}

export default environmentFile
