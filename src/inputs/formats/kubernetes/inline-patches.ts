/** Patches that a kustomization holds in place of a file: merges, and lists of operations (RFC 6902). */
import type { Fact } from '../../../facts/fact.js'
import { Field } from '../../field.js'
import { parseYaml } from '../../yaml.js'
import { ANY_NAME, patchesIn } from './kustomization.js'

/** A patch as a piece of a manifest. */
type Piece = Record<string, unknown>

/** Steps of a path, beyond which a patch means harm. */
const MAX_STEPS = 30

/** Facts of the pieces, each at the place of its patch. `read` reads a manifest object. */
export function readInlinePatches(kustomization: Field, read: (object: Field) => Fact[]): Fact[] {
  return patchesIn(kustomization).flatMap((patch) => {
    const text = textOf(patch)
    if (text === null) return []
    const { source } = patch
    const documents = parseYaml({ path: source.path, text })
    for (const { message } of documents.flatMap((document) => document.problems))
      patch.problem(`its patch: ${message}`)
    return documents
      .flatMap((document) => pieceOf(document.value, patch.get('target')) ?? [])
      .flatMap((value) => read(Field.of({ value, problems: [], sourceOf: () => source }, [])))
      .flatMap((fact) => ('fragment' in fact ? [{ ...fact, fragment: true }] : []))
  })
}

/** A text of one line where a patch is expected is the name of a file. */
function textOf(patch: Field): string | null {
  if (typeof patch.value === 'string') return patch.value.includes('\n') ? patch.value : null
  return patch.get('patch').text()
}

/** A target says which objects are meant, whatever the patch calls itself. */
function pieceOf(patch: unknown, target: Field): Piece | null {
  const [kind, name] = [target.get('kind').text(), target.get('name').text()]
  if (Array.isArray(patch))
    return kind === null ? null : { ...pieceOfOperations(patch), kind, metadata: { name: name ?? ANY_NAME } }
  if (!isPiece(patch)) return null
  return target.exists ? { ...patch, ...(kind && { kind }), metadata: { name: name ?? ANY_NAME } } : patch
}

/** What the operations touch, with their values; of lists it does not matter which item. */
function pieceOfOperations(operations: unknown[]): Piece {
  const piece: Piece = {}
  for (const operation of operations) {
    if (!isPiece(operation) || typeof operation['path'] !== 'string') continue
    const steps = operation['path'].split('/', MAX_STEPS).slice(1)
    put(
      piece,
      steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')),
      operation['value'] ?? {},
    )
  }
  return piece
}

const INDEX = /^(?:\d+|-)$/

/** Sets a value at a path and makes what is missing on the way; an index stands for the first item, whichever it was. */
function put(into: Piece, [step, next, ...rest]: string[], value: unknown): void {
  if (step === undefined || step === '__proto__') return
  if (next === undefined) {
    into[step] = value
    return
  }
  const isItem = INDEX.test(next)
  const below = isItem ? rest : [next, ...rest]
  const known = isItem && Array.isArray(into[step]) ? (into[step] as unknown[])[0] : into[step]
  const inner = isPiece(known) ? known : {}
  const made = below.length === 0 ? value : inner
  into[step] = isItem ? [made] : made
  put(inner, below, value)
}

function isPiece(value: unknown): value is Piece {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
