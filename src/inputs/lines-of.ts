/** A file too long to be held, line by line: at no time more than a piece of it is in memory, unless it was packed. */
import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import type { FoundFile } from './discover.js'
import type { Reading } from './format.js'
import { isGzip, PackedFault, unpacked, unpackedHead } from './gzip.js'
import { unreadable } from './unreadable.js'

const PIECE_BYTES = 256 * 1024
const HEAD_BYTES = 64 * 1024
/** Of a longer line the rest is left out: no format read line by line has such. */
const MAX_LINE = 2 * 1024 * 1024

/** Empty when the system does not let us read it. */
export function headOf({ absolutePath }: FoundFile): string {
  for (const piece of rawPieces(absolutePath, HEAD_BYTES)) {
    if (piece instanceof Error) return ''
    const bytes = isGzip(piece) ? unpackedHead(piece).subarray(0, HEAD_BYTES) : piece
    return bytes.toString('utf8').replace(/^\uFEFF/, '')
  }
  return ''
}

/** Whether it can be a record of one thing a line: its first line is whole. */
export function isLineRecord(found: FoundFile): boolean {
  const head = headOf(found)
  const end = head.indexOf('\n')
  const first = end === -1 ? '' : head.slice(0, end).trim()
  return first.startsWith('{') && first.endsWith('}')
}

export function digestOfLines(found: FoundFile): string {
  const lines = new LinesOf(found)
  for (const piece of lines) void piece
  return lines.sha256()
}

export class LinesOf implements Iterable<string> {
  readonly #found: FoundFile
  readonly #hash = createHash('sha256')
  #digest: string | null = null
  #unreadable: string | null = null

  constructor(found: FoundFile) {
    this.#found = found
  }

  *[Symbol.iterator](): Generator<string> {
    const decoder = new StringDecoder('utf8')
    let rest = ''
    for (const piece of piecesOf(this.#found.absolutePath, (bytes) => this.#hash.update(bytes))) {
      if (piece instanceof Error) {
        this.#unreadable = piece instanceof PackedFault ? piece.message : unreadable(this.#found.path, piece)
        return
      }
      let text = decoder.write(piece)
      if (rest.length > MAX_LINE) {
        const end = text.indexOf('\n')
        if (end === -1) continue
        text = text.slice(end)
      }
      const lines = (rest + text).split('\n')
      rest = lines.pop()!
      for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line
    }
    const last = rest + decoder.end()
    if (last !== '') yield last
  }

  /** Of what was read: of the whole file once all lines were. */
  sha256(): string {
    this.#digest ??= this.#hash.digest('hex')
    return this.#digest
  }

  /** A file that the system took away in the middle is not whole. */
  completed(reading: Reading): Reading {
    return this.#unreadable === null ? reading : { ...reading, failed: this.#unreadable }
  }
}

/** Pieces of what the file holds, unpacked; `seen` is given its own bytes. */
function* piecesOf(path: string, seen: (bytes: Buffer) => void): Generator<Buffer | Error> {
  let isFirst = true
  for (const piece of rawPieces(path, PIECE_BYTES)) {
    if (piece instanceof Error) yield piece
    else if (isFirst && isGzip(piece)) return yield* unpackedPieces(path, seen)
    else {
      seen(piece)
      yield piece
    }
    isFirst = false
  }
}

function* unpackedPieces(path: string, seen: (bytes: Buffer) => void): Generator<Buffer | Error> {
  try {
    const whole = unpacked(path, seen)
    for (let start = 0; start < whole.length; start += PIECE_BYTES)
      yield whole.subarray(start, start + PIECE_BYTES)
  } catch (error) {
    yield error instanceof Error ? error : new Error(String(error))
  }
}

function* rawPieces(path: string, size: number): Generator<Buffer | Error> {
  let file: number | null = null
  try {
    file = openSync(path, 'r')
    for (;;) {
      const piece = Buffer.allocUnsafe(size)
      const length = readSync(file, piece, 0, size, null)
      if (length === 0) return
      yield piece.subarray(0, length)
    }
  } catch (error) {
    yield error instanceof Error ? error : new Error(String(error))
  } finally {
    if (file !== null) closeSync(file)
  }
}
