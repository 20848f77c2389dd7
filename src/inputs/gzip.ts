/** Files that were packed by gzip, told by their first bytes: what is in them is held, so there is a most that is unpacked. */
import { readFileSync, statSync } from 'node:fs'
import { constants, gunzipSync } from 'node:zlib'

const MEGABYTE = 1024 * 1024
/** Held at once while it is read; of a load test about a quarter of a million requests. */
const MOST = 64 * MEGABYTE
/** Of the packed bytes; gzip makes at most about a thousand of one. */
const HEAD_BYTES = 4096

/** Why nothing of it can be used, for people. */
export class PackedFault extends Error {}

export function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

/** What its first bytes unpack to; empty when they are damaged. */
export function unpackedHead(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes.subarray(0, HEAD_BYTES), { finishFlush: constants.Z_SYNC_FLUSH })
  } catch {
    return Buffer.alloc(0)
  }
}

/** Throws a PackedFault for more than is held, and for what was cut off or damaged. `seen` is given the packed bytes. */
export function unpacked(path: string, seen: (bytes: Buffer) => void, most = MOST): Buffer {
  if (statSync(path).size > most) throw tooLarge(most)
  const bytes = readFileSync(path)
  seen(bytes)
  try {
    return gunzipSync(bytes, { maxOutputLength: most })
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      ? tooLarge(most)
      : new PackedFault('gzip file, truncated or damaged: compress it again')
  }
}

function tooLarge(most: number): PackedFault {
  return new PackedFault(
    `gzip file, over ${most / MEGABYTE} MB uncompressed: decompress it, then it is read line by line at any size`,
  )
}
