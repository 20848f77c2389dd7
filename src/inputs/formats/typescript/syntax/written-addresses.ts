/** Addresses that the repository itself writes down for a variable: in Compose files, manifests and files of variables. */
import { posix } from 'node:path'
import { leftOut } from '../../../../knowledge/left-out.js'
import type { ReadFile } from '../../../format.js'
import { isScript } from './syntax.js'

export interface WrittenAddress {
  path: string
  line: number
  text: string
}

/** Settings of tests and of the tools that run them say nothing of the service. */
const OF_TESTS = /(^|[/._-])(tests?|testing|e2e|ci|spec)([/._-]|$)/i
const TOOLS = /(^|\/)(package|tsconfig[^/]*)\.json$|(^|\/)\.(github|gitlab|circleci)/
const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i
const FALLBACK = /^\$\{\w+:?-(.*)\}$/
/** What is put in where a setting may stand: behind the name of the database, or among the parameters. */
const OPEN_END = /[\w?&}](?:\$\{[^}]*\}|\$\([^)]*\)|\$\w+)$/

export class WrittenAddresses {
  readonly #files: ReadFile[]

  constructor(files: ReadFile[]) {
    this.#files = files.filter(isOfSettings)
  }

  /** Of a variable as code of a folder gets it: what is written in that folder, else anywhere. */
  of(variable: string, folder: string): WrittenAddress[] {
    const all = this.#files.flatMap((file) =>
      file.text.includes(variable) ? addressesIn(file, variable) : [],
    )
    const own = folder === '' ? [] : all.filter(({ path }) => path.startsWith(`${folder}/`))
    return own.length > 0 ? own : all
  }

  /** The variables that files of a kind name as holding the address: `url = env("DATABASE_URL")`. */
  variablesIn(extension: string, pattern: RegExp, folder: string): string[] {
    const files = this.#files.filter((file) => file.extension === extension)
    const own = folder === '' ? [] : files.filter(({ path }) => path.startsWith(`${folder}/`))
    const named = (own.length > 0 ? own : files).flatMap(({ text }) => pattern.exec(text)?.[1] ?? [])
    return [...new Set(named)]
  }
}

function isOfSettings({ path, extension }: ReadFile): boolean {
  if (isScript(extension) || TOOLS.test(path) || OF_TESTS.test(path)) return false
  return !leftOut().lockFiles.includes(posix.basename(path))
}

function addressesIn({ path, text }: ReadFile, variable: string): WrittenAddress[] {
  const name = `["']?${variable}["']?`
  const written = new RegExp(
    `^[ \\t]*(?:-[ \\t]+|export[ \\t]+)?["']?(?:${name}[ \\t]*[:=]|name:[ \\t]*${name}[ \\t]*\\r?\\n[ \\t]*value:)[ \\t]*([^\\r\\n]+)`,
    'gm',
  )
  return [...text.matchAll(written)].flatMap((match) => {
    const address = addressOf(match[1]!)
    const line = text.slice(0, match.index).split('\n').length
    return address === null ? [] : [{ path, line, text: address }]
  })
}

/** Null for what is no address, or one that is only made where it is used. */
function addressOf(written: string): string | null {
  const bare = written
    .trim()
    .replace(/,$/, '')
    .replace(/^(["'])(.*)\1$/, '$2')
    .replace(/["']$/, '')
  const text = (FALLBACK.exec(bare)?.[1] ?? bare).trim()
  return SCHEME.test(text) && !text.includes('{{') && !OPEN_END.test(text) ? text : null
}
