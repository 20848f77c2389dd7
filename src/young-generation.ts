/** How much room V8 gives to what is young: Node before 24 lets it grow sixteenfold as soon as a program keeps anything. */
import { setFlagsFromString } from 'node:v8'
import type { FoundFile } from './inputs/discover.js'

const GROWS = Number(process.versions.node.split('.', 1)[0]) < 24
/** From here on the room costs more memory than it saves time. */
const MANY_BYTES = 64 * 1024 * 1024

/** Until it is known what is to be read. */
export function keepYoungSmall(): void {
  if (GROWS) setFlagsFromString('--semi-space-growth-factor=1')
}

/** Many records, which stand in JSON, are read and dropped one after the other: they need no room. Code and manifests do. */
export function makeRoomFor(files: FoundFile[]): void {
  const records = files.filter(({ path }) => path.endsWith('.json'))
  if (GROWS && records.reduce((bytes, { size }) => bytes + size, 0) < MANY_BYTES)
    setFlagsFromString('--semi-space-growth-factor=2')
}
