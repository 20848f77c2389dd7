/**
 * What reading gave, kept for the next run over the same files. An entry is found only by equal contents and paths, read by
 * the same build with the same rules, so it never has to be thrown away; the oldest make room.
 */
import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { Facts, type Fact } from '../facts/fact.js'
import type { Library } from '../knowledge/libraries.js'
import type { Discovery } from './discover.js'
import { digestOfLines, isLineRecord } from './lines-of.js'
import { NOTHING_RENDERED, type Rendering } from './rendering/rendering.js'
import { readInputs, type Inputs } from './read.js'

export interface InputCache {
  folder: string
  /** Digest of the program and of the rules: another one may read other facts from the same file. */
  reader: string
}

/** What reading needs; the libraries are loaded when something is read. */
interface OpenContext {
  prefilter: boolean
  rendering?: Rendering
  libraries: () => Library[]
}

/** Enough for a developer with a few systems and branches. */
const MAX_ENTRIES = 12
const ENTRY = /^inputs-[0-9a-f]{64}\.bin$/
const TEMPORARY = /^inputs-[0-9a-f]{64}\.bin\.[0-9a-f]+\.tmp$/
/** No run takes that long to write one file. */
const ABANDONED_MS = 60 * 60 * 1000

/** As readInputs, by what was kept if there is such an entry. A cache that cannot be used costs time, nothing else. */
export async function readThrough(
  cache: InputCache | null,
  discovery: Discovery,
  { prefilter, libraries, rendering = NOTHING_RENDERED }: OpenContext,
): Promise<Inputs> {
  const read = (): Promise<Inputs> =>
    readInputs(discovery, { prefilter, libraries: libraries() }, undefined, rendering)
  if (cache === null) return read()
  const key = keyOf(cache, discovery, { prefilter, rendering })
  const entry = join(cache.folder, `inputs-${key}.bin`)
  const known = recall(entry)
  if (known) return known
  const inputs = await read()
  // A file may have been saved meanwhile: then what was read is not what the key says.
  if (inputs.faults.length === 0 && keyOf(cache, discovery, { prefilter, rendering }) === key)
    keep(entry, inputs)
  makeRoom(cache.folder)
  return inputs
}

/** Over all that reading can see: contents, paths, and what was left out on the way. */
function keyOf(
  { reader }: InputCache,
  discovery: Discovery,
  { prefilter, rendering }: { prefilter: boolean; rendering: Rendering },
): string {
  const { files, tooLarge, leftOut, problems } = discovery
  const found = [...files, ...tooLarge].map(({ path, size }) => [path, size])
  const hash = createHash('sha256').update(JSON.stringify({ reader, prefilter, found, leftOut, problems }))
  const { replaced, unlisted, imageNames, missingCharts, lost, advice, ...rendered } = rendering
  hash.update(
    JSON.stringify([
      rendered,
      [...replaced],
      [...unlisted],
      [...imageNames],
      [...missingCharts],
      [...lost],
      [...advice],
    ]),
  )
  for (const { absolutePath } of files) hash.update(contentOf(absolutePath))
  // Others of this size are not read at all.
  for (const found of tooLarge.filter(isLineRecord)) hash.update(digestOfLines(found))
  return hash.digest('hex')
}

function contentOf(path: string): Buffer | string {
  try {
    return readFileSync(path)
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code)
  }
}

/** Before the content: a damaged entry is none. */
const DIGEST_BYTES = 32

function digestOf(content: Buffer): Buffer {
  return createHash('sha256').update(content).digest()
}

type Kept = Omit<Inputs, 'facts'> & { facts: Fact[] }

function recall(entry: string): Inputs | null {
  try {
    const bytes = readFileSync(entry)
    const content = bytes.subarray(DIGEST_BYTES)
    if (!bytes.subarray(0, DIGEST_BYTES).equals(digestOf(content))) return null
    const kept = deserialize(content) as Kept
    const now = new Date()
    utimesSync(entry, now, now)
    return { ...kept, facts: new Facts(kept.facts) }
  } catch {
    return null
  }
}

/** Beside its place and renamed, so that no run meets half an entry. */
function keep(entry: string, inputs: Inputs): void {
  const temporary = `${entry}.${randomBytes(6).toString('hex')}.tmp`
  try {
    const content = serialize({ ...inputs, facts: inputs.facts.all() } satisfies Kept)
    writeFileSync(temporary, Buffer.concat([digestOf(content), content]), { flag: 'wx', mode: 0o600 })
    renameSync(temporary, entry)
  } catch {
    rmSync(temporary, { force: true })
  }
}

/** Removes the oldest entries, and what runs left half written that were ended meanwhile. */
function makeRoom(folder: string): void {
  try {
    const oldest = filesIn(folder, ENTRY).slice(MAX_ENTRIES)
    const abandoned = filesIn(folder, TEMPORARY).filter(
      ({ writtenMs }) => writtenMs < Date.now() - ABANDONED_MS,
    )
    for (const { path } of [...oldest, ...abandoned]) rmSync(path, { force: true })
  } catch {
    // Another run makes room at the same time.
  }
}

/** The newest first. */
function filesIn(folder: string, named: RegExp): { path: string; writtenMs: number }[] {
  return readdirSync(folder)
    .filter((name) => named.test(name))
    .map((name) => ({ path: join(folder, name), writtenMs: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.writtenMs - a.writtenMs)
}
