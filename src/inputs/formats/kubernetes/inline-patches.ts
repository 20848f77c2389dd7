/** Patches, in a kustomization or in a file: merges, and lists of operations (RFC 6902). */
import type { Fact } from '../../../facts/fact.js'
import type { PatchTarget } from '../../../facts/kubernetes.js'
import type { Source } from '../../../facts/source.js'
import { Field } from '../../field.js'
import { parseYaml } from '../../yaml/parse.js'
import { readerOf, readerOfKind } from './kinds.js'
import { patchesIn, targetOf } from './kustomization.js'

/** A patch as a piece of a manifest. */
type Piece = Record<string, unknown>

/** Steps of a path, beyond which a patch means harm. */
const MAX_STEPS = 30

/** Facts of the pieces, each at the place of its patch. */
export function readInlinePatches(kustomization: Field): Fact[] {
  return patchesIn(kustomization).flatMap((patch) => {
    const text = textOf(patch)
    return text === null
      ? []
      : readPatch(text, patch.source, targetOf(patch), (message) => patch.problem(`its patch: ${message}`))
  })
}

/** Facts of the pieces of one patch, all of them at one place. */
export function readPatch(
  text: string,
  source: Source,
  target: PatchTarget | null,
  onProblem: (message: string) => void,
): Fact[] {
  const documents = parseYaml({ path: source.path, text })
  for (const { message } of documents.flatMap((document) => document.problems)) onProblem(message)
  return documents
    .flatMap((document) => pieceOf(document.value, target) ?? [])
    .flatMap((value) =>
      readPiece(
        Field.of(
          {
            value,
            problems: [],
            sourceOf: () => source,
            remarksAt: () => [],
            commentAt: () => null,
            ownCommentsIn: () => [],
          },
          [],
        ),
      ),
    )
    .flatMap((fact) => ('fragment' in fact ? [{ ...fact, fragment: true }] : []))
}

function readPiece(piece: Field): Fact[] {
  const [apiVersion, kind] = [piece.get('apiVersion').text(), piece.get('kind').text() ?? '']
  const reader = apiVersion === null ? readerOfKind(kind) : readerOf(apiVersion, kind)
  return reader?.(piece, []) ?? []
}

/** A text of one line where a patch is expected is the name of a file. */
function textOf(patch: Field): string | null {
  if (typeof patch.value === 'string') return patch.value.includes('\n') ? patch.value : null
  return patch.get('patch').text()
}

/** A target says which objects are meant, whatever the patch calls itself. */
function pieceOf(patch: unknown, target: PatchTarget | null): Piece | null {
  if (Array.isArray(patch)) {
    const piece = pieceOfOperations(patch)
    return target?.kind ? { ...piece, kind: target.kind, metadata: metadataFor(target, piece) } : null
  }
  if (!isPiece(patch)) return null
  return target
    ? { ...patch, ...(target.kind && { kind: target.kind }), metadata: metadataFor(target, patch) }
    : patch
}

function metadataFor({ name }: PatchTarget, { metadata }: Piece): Piece {
  const annotations = isPiece(metadata) ? metadata['annotations'] : undefined
  return { name, ...(isPiece(annotations) && { annotations }) }
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
