/** The bytes of one file after the other, in the same memory: new memory for each costs as much as reading it. */
import { closeSync, openSync, readSync } from 'node:fs'
import type { FoundFile } from './discover.js'

let memory: Buffer = Buffer.alloc(0)

/** Good until the next file is read. */
export function wholeFile({ absolutePath, size }: FoundFile): Buffer {
  const file = openSync(absolutePath, 'r')
  try {
    // One byte more than it had: a file that has grown since is seen to be longer.
    let length = 0
    for (;;) {
      if (memory.length <= Math.max(length, size)) memory = larger(memory, Math.max(length, size) + 1)
      const read = readSync(file, memory, length, memory.length - length, null)
      if (read === 0) return memory.subarray(0, length)
      length += read
    }
  } finally {
    closeSync(file)
  }
}

function larger(memory: Buffer, atLeast: number): Buffer {
  const wider = Buffer.allocUnsafeSlow(Math.max(atLeast, 2 * memory.length))
  memory.copy(wider)
  return wider
}
