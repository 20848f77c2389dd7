/** Reads package.json: the unit of code that becomes a service, a library or a tool. */
import { posix } from 'node:path'
import * as z from 'zod'
import type { CodePackage } from '../../facts/code.js'
import type { Format, InputFile } from '../format.js'
import { leastVersion } from '../least-version.js'
import { packageRole } from '../package-role.js'

const dependencies = z.record(z.string(), z.string()).optional().catch(undefined)
const manifest = z.looseObject({
  name: z.string().optional(),
  main: z.string().optional(),
  bin: z.unknown().optional(),
  private: z.boolean().optional().catch(undefined),
  scripts: z.record(z.string(), z.string()).optional().catch(undefined),
  workspaces: z.unknown().optional(),
  dependencies,
  devDependencies: dependencies,
  optionalDependencies: dependencies,
  peerDependencies: dependencies,
})
type Manifest = z.infer<typeof manifest>

export const packageManifest: Format = {
  name: 'package',
  title: 'package.json',

  recognises: ({ path, extension, text }) =>
    extension === '.json' &&
    posix.basename(path) === 'package.json' &&
    /"name"\s*:/.test(text) &&
    /"(dependencies|devDependencies|scripts|version)"\s*:/.test(text),

  read(file) {
    let json: unknown
    try {
      json = JSON.parse(file.text)
    } catch (error) {
      const message = `not valid JSON: ${error instanceof Error ? error.message : String(error)}; correct the file`
      return {
        facts: [],
        problems: [{ path: file.path, line: null, column: null, message }],
        partial: 'not valid JSON',
      }
    }
    const checked = manifest.safeParse(json)
    if (!checked.success) {
      const [issue] = checked.error.issues
      const message = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a package manifest'}; correct the file`
      return {
        facts: [],
        problems: [{ path: file.path, line: null, column: null, message }],
        partial: 'not a package manifest',
      }
    }
    return { facts: [factOf(file, checked.data)], problems: [] }
  },
}

export default packageManifest

function factOf(file: InputFile, json: Manifest): CodePackage {
  const folder = posix.dirname(file.path) === '.' ? '' : posix.dirname(file.path)
  const line = Math.max(1, file.text.split('\n').findIndex((text) => /"name"\s*:/.test(text)) + 1)
  return {
    fact: 'package',
    source: { path: file.path, line, column: 1, endLine: line },
    name: json.name ?? folder,
    folder,
    role: packageRole(folder, json),
    dependencies: versions({
      ...json.peerDependencies,
      ...json.optionalDependencies,
      ...json.devDependencies,
      ...json.dependencies,
    }),
  }
}

/** The least version that a range allows; a range that is none (`workspace:*`, a URL) stays as written. */
function versions(ranges: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(ranges)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, range]) => [name, leastVersion(range) ?? range]),
  )
}
