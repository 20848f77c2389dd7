/** Files that kustomizations name as patches: their facts become fragments, for only the rendered overlay is a whole object. */
import { basename, join } from 'node:path/posix'
import type { Fact } from '../../../facts/fact.js'
import type { Kustomization, PatchTarget } from '../../../facts/kubernetes.js'
import type { InputFile, Linking, Problem, ReadFile, Reading } from '../../format.js'
import { readPatch } from './inline-patches.js'

/** Where the first document begins, beyond comments and marks. */
const BEGINNING = /^[ \t]*(?!---[ \t\r]*$)[^\s#]\S*/m
const LIST = /^(?:-$|\[)/
const OPERATION = /\bop['"]?\s*:\s*['"]?(?:add|remove|replace|move|copy|test)\b/
const POINTER = /\bpath['"]?\s*:\s*['"]?\//

/** A list of operations (RFC 6902); what it changes stands in the kustomization that names the file. */
export function isOperations({ text }: Pick<InputFile, 'text'>): boolean {
  const beginning = BEGINNING.exec(text)?.[0].trim() ?? ''
  return LIST.test(beginning) && OPERATION.test(text) && POINTER.test(text)
}

export function markPatches(files: ReadFile[]): Linking {
  const overlays = overlaysByPatch(files)
  const revised = new Map<string, Reading>()
  for (const file of files) {
    const users = overlays.get(file.path)
    if (users) revised.set(file.path, readingOf(file, users))
  }
  return { facts: [], problems: [], revised }
}

function overlaysByPatch(files: ReadFile[]): Map<string, Kustomization[]> {
  const overlays = new Map<string, Kustomization[]>()
  const paths = new Set(files.map(({ path }) => path))
  for (const fact of files.flatMap((file) => file.reading.facts)) {
    if (fact.fact !== 'kustomization') continue
    for (const written of fact.patches) {
      const patch = fileOf(written, fact, paths)
      const users = overlays.get(patch) ?? []
      overlays.set(patch, users)
      if (patch !== fact.source.path) users.push(fact)
    }
  }
  return new Map([...overlays].filter(([, users]) => users.length > 0))
}

/** A kustomization that is copied to where it is built names files from there: the one of that name beside it is meant. */
function fileOf(patch: string, { folder }: Kustomization, paths: Set<string>): string {
  const beside = join(folder, basename(patch))
  return !paths.has(patch) && paths.has(beside) ? beside : patch
}

function readingOf(file: ReadFile, users: Kustomization[]): Reading {
  const { reading, path } = file
  const partial = `Kustomize patch, not a whole object: render the overlay with \`kustomize build ${users.at(-1)!.folder || '.'}\` and analyse the output`
  const targets = users.flatMap(({ patchTargets }): (PatchTarget | null)[] => patchTargets[path] ?? [null])
  if (isOperations(file)) return { ...readOperations(file, targets), partial }
  return {
    facts: reading.facts.flatMap((fact) => asFragments(fact, targets)),
    problems: reading.problems,
    partial,
  }
}

function readOperations({ path, text }: ReadFile, targets: (PatchTarget | null)[]): Reading {
  const source = { path, line: 1, column: 1, endLine: 1 }
  const messages = new Set<string>()
  const facts = targets.flatMap((target) =>
    readPatch(text, source, target, (message) => messages.add(message)),
  )
  const problems = [...messages].map((message): Problem => ({ path, line: null, column: null, message }))
  return { facts, problems }
}

/** Targets of its kind say which objects it is for, whatever the patch calls itself. */
function asFragments(fact: Fact, targets: (PatchTarget | null)[]): Fact[] {
  if (!('fragment' in fact)) return [fact]
  const names = targets.flatMap((target) => {
    if (target === null) return fact.name
    return target.kind === null || target.kind === fact.kind ? target.name : []
  })
  const meant = names.length === 0 ? [fact.name] : [...new Set(names)]
  return meant.map((name) => ({ ...fact, fragment: true, name }))
}
