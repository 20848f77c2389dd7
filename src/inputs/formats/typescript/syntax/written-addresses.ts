/** Addresses that the repository itself writes down for a variable: in Compose files, manifests and files of variables. */
import { codeWords } from '../../../../knowledge/code-words.js'
import { posix } from 'node:path'
import { leftOut } from '../../../../knowledge/left-out.js'
import type { ReadFile } from '../../../format.js'
import { isScript } from './syntax.js'

export interface WrittenAddress {
  path: string
  line: number
  text: string
  /** Written for something that runs, and no example or setting of a developer's machine. */
  runs: boolean
}

const LOCAL_HOST =
  /^[a-z][a-z0-9+.-]*:\/\/(?:[^@/]*@)?(?:localhost|127\.0\.0\.1|\[::1\]|host\.docker\.internal)(?:[:/?]|$)/i
/** A Compose file: its services run images of others, too. */
const COMPOSE = /^services:\s*$/m
/** Enough to know what is written; a file with more of them is data. */
const MAX_ADDRESSES = 50
const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i
const FALLBACK = /^\$\{\w+:?-(.*)\}$/
/** What is put in where a setting may stand: behind the name of the database, or among the parameters. */
const OPEN_END = /[\w?&}](?:\$\{[^}]*\}|\$\([^)]*\)|\$\w+)$/

export class WrittenAddresses {
  readonly #files: ReadFile[]
  readonly #found = new Map<string, WrittenAddress[]>()
  /** Names of the packages: an image that is named like one is made of it. */
  readonly #packages: string[]

  constructor(files: ReadFile[]) {
    this.#files = files.filter(isOfSettings)
    this.#packages = files.flatMap(({ path, text }) =>
      posix.basename(path) === 'package.json'
        ? (/"name"\s*:\s*"(?:@[^"/]*\/)?([^"]+)"/.exec(text)?.[1] ?? [])
        : [],
    )
  }

  /** Of a variable as code of a folder gets it: what is written in that folder, else anywhere. */
  of(variable: string, folder: string): WrittenAddress[] {
    const all = this.#all(variable)
    const own = folder === '' ? [] : all.filter(({ path }) => path.startsWith(`${folder}/`))
    return own.length > 0 ? own : all
  }

  #all(variable: string): WrittenAddress[] {
    let found = this.#found.get(variable)
    if (!found) {
      found = this.#files.flatMap((file) =>
        file.text.includes(variable) ? addressesIn(file, variable, this.#packages) : [],
      )
      this.#found.set(variable, found)
    }
    return found
  }

  /** The variables that files of a kind name as holding the address: `url = env("DATABASE_URL")`. */
  variablesIn(extension: string, pattern: RegExp, folder: string): string[] {
    const named = this.#filesFor(extension, folder).flatMap(({ text }) => pattern.exec(text)?.[1] ?? [])
    return [...new Set(named)]
  }

  /** Whether files of a kind hold what a pattern finds, and none of them names a variable instead. */
  allSay(extension: string, pattern: RegExp, variable: RegExp, folder: string): boolean {
    const files = this.#filesFor(extension, folder)
    const saying = files.filter(({ text }) => pattern.test(text))
    return saying.length > 0 && files.every((file) => saying.includes(file) || !variable.test(file.text))
  }

  #filesFor(extension: string, folder: string): ReadFile[] {
    const files = this.#files.filter((file) => file.extension === extension)
    const own = folder === '' ? [] : files.filter(({ path }) => path.startsWith(`${folder}/`))
    return own.length > 0 ? own : files
  }
}

function isOfSettings({ path, extension }: ReadFile): boolean {
  const { toolFiles, testFiles } = codeWords()
  if (isScript(extension) || toolFiles.test(path) || testFiles.test(path)) return false
  return !leftOut().lockFiles.includes(posix.basename(path))
}

function addressesIn({ path, text }: ReadFile, variable: string, packages: string[]): WrittenAddress[] {
  const name = `["']?${variable}["']?`
  const written = new RegExp(
    `^[ \\t]*(?:-[ \\t]+|export[ \\t]+)?["']?(?:${name}[ \\t]*[:=]|name:[ \\t]*${name}[ \\t]*\\r?\\n[ \\t]*value:)[ \\t]*([^\\r\\n]+)`,
    'gm',
  )
  const found: WrittenAddress[] = []
  let line = 1
  let counted = 0
  for (const { 0: all, 1: value, index } of text.matchAll(written)) {
    if (found.length === MAX_ADDRESSES) break
    for (let at = counted; at < index; at++) if (text.charCodeAt(at) === NEW_LINE) line++
    counted = index
    const address = addressOf(value!)
    const isExample = codeWords().exampleFiles.test(path) || (address !== null && LOCAL_HOST.test(address))
    const isForeign = COMPOSE.test(text) && !isOwnService(text, index + all.length, packages)
    if (address !== null) found.push({ path, line, text: address, runs: !isExample && !isForeign })
  }
  return found
}

const NEW_LINE = 10

/** The service of a Compose file in which a place lies is built here, or runs an image that is. */
function isOwnService(text: string, place: number, packages: string[]): boolean {
  const before = text.slice(0, place)
  const starts = [...before.matchAll(/^(?: {2}| {4}|\t)[\w.-]+:\s*$/gm)].map(({ index }) => index)
  const start = starts.findLast((at) => indentAt(text, at) === indentAt(text, starts[0]!)) ?? 0
  const next = /^(?: {1,4}|\t)?[\w.-]+:\s*$/gm
  next.lastIndex = place
  let end = text.length
  for (let match = next.exec(text); match; match = next.exec(text))
    if (indentAt(text, match.index) <= indentAt(text, start)) {
      end = match.index
      break
    }
  const service = text.slice(start, end)
  const image = /^\s*image:\s*["']?([^\s"']+)/m.exec(service)?.[1]
  if (image === undefined || /^\s*build:/m.test(service)) return true
  const called = posix.basename(image).replace(/[:@].*$/, '')
  return packages.some((one) => one === called || image.split('/').includes(one))
}

function indentAt(text: string, at: number): number {
  return /^[ \t]*/.exec(text.slice(at, at + 20))![0].length
}

/** Null for what is no address, or one that is only made where it is used. */
function addressOf(written: string): string | null {
  const trimmed = written.trim()
  // A remark may stand behind the value.
  const quoted = /^(["'])(.*?)\1\s*(?:,|#.*)?$/.exec(trimmed)?.[2]
  const bare =
    quoted ??
    trimmed
      .replace(/\s+#.*$/, '')
      .replace(/,$/, '')
      .replace(/["']$/, '')
  const text = (FALLBACK.exec(bare)?.[1] ?? bare).trim()
  return SCHEME.test(text) && !text.includes('{{') && !OPEN_END.test(text) ? text : null
}
