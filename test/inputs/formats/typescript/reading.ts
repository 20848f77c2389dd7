/** Reads inline sources the way a run does: every file, then the links between them. */
import { posix } from 'node:path'
import { expect, test } from 'vitest'
import type { Client, Guard, Practice } from '../../../../src/facts/code.js'
import type { Fact, FactKind, FactOf } from '../../../../src/facts/fact.js'
import type { InputFile, Linking, ReadFile, Reading } from '../../../../src/inputs/format.js'
import browserExtension from '../../../../src/inputs/formats/browser-extension.js'
import lockFile from '../../../../src/inputs/formats/lock-file.js'
import packageManifest from '../../../../src/inputs/formats/package.js'
import typescript from '../../../../src/inputs/formats/typescript.js'
import { loadLibraries } from '../../../../src/knowledge/libraries.js'

const libraries = loadLibraries()
const FORMATS = [packageManifest, browserExtension, typescript, lockFile]

export function input(path: string, text: string): InputFile {
  return { path, extension: posix.extname(path), text, sha256: '' }
}

export async function read(sources: Record<string, string>, prefilter = true): Promise<Reading> {
  const context = { libraries, prefilter }
  const files: ReadFile[] = []
  const readings = new Map<string, Reading>()
  for (const [path, text] of Object.entries(sources)) {
    const file = input(path, text)
    const format = FORMATS.find((candidate) => candidate.recognises(file))
    const reading = (await format?.read(file, context)) ?? { facts: [], problems: [] }
    readings.set(path, reading)
    files.push({ ...file, reading })
  }
  const linking: Linking = (await typescript.link?.(files, context)) ?? { facts: [], problems: [] }
  for (const [path, revised] of linking.revised ?? []) readings.set(path, revised)
  const all = [...readings.values(), linking]
  const facts = all.flatMap((reading) => reading.facts)
  const problems = all.flatMap((reading) => reading.problems)
  return { ...all.find(({ partial, skipped }) => partial ?? skipped), facts, problems }
}

export async function factsOf<Kind extends FactKind>(
  kind: Kind,
  sources: Record<string, string>,
): Promise<FactOf<Kind>[]> {
  const { facts } = await read(sources)
  return facts.filter((fact: Fact): fact is FactOf<Kind> => fact.fact === kind)
}

/** The clients of one file, with the dependencies of its package.json. */
export function clientsIn(text: string, dependencies: Record<string, string> = {}): Promise<Client[]> {
  return factsOf('client', {
    'package.json': JSON.stringify({ name: 'shop', dependencies }),
    'src/main.ts': text,
  })
}

/** A guard of the only client of a file. */
export async function guardIn(
  pattern: string,
  text: string,
  dependencies: Record<string, string> = {},
): Promise<Guard> {
  const clients = await clientsIn(text, dependencies)
  const guard = clients[0]?.guards[pattern]
  if (clients.length !== 1 || !guard) {
    throw new Error(
      `expected one client with ${pattern}, found ${clients.map(({ library, guards }) => `${library} (${Object.keys(guards).join(', ')})`).join('; ') || 'none'}`,
    )
  }
  return guard
}

/** Pattern and state of every practice of one file. */
export async function practicesIn(text: string): Promise<Practice[]> {
  return factsOf('practice', { 'package.json': '{"name":"shop"}', 'src/main.ts': text })
}

/** What holds for the only client of a file, with one version of its library. */
export type LibraryCase = [
  library: string,
  version: string,
  code: string,
  /** A guard, its state, and a value in seconds or a count. */
  guard: string,
  state: string,
  value?: number,
]

export function describeLibraries(cases: LibraryCase[]): void {
  test.each(cases)('%s %s: %s: %s is %s', async (library, version, code, guard, state, value) => {
    const clients = await clientsIn(code, { [library]: version })
    expect(clients.map(({ guards }) => guards[guard]?.state)).toEqual([state])
    if (value !== undefined) expect(clients[0]!.guards[guard]!.value).toBeCloseTo(value)
  })
}
