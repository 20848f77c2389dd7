/** Which line of a manifest gave which line of what an overlay made of it: by the paths of their values. */
import { groupedBy } from '../../facts/grouped.js'
import { parseYaml } from '../yaml/parse.js'
import type { Path, YamlDocument } from '../yaml/document.js'
import { isMapping, textAt } from './loose.js'

/** For each line of the output (1-based; entry 0 is of none) one of the manifest; what an overlay adds gets the line of what it is added to. */
export function linesOfManifest(manifest: string): (output: string) => number[] {
  const documents = parseYaml({ path: 'manifest', text: manifest })
  const written = {
    byKind: groupedBy(documents, ({ value }) => textAt(value, 'kind') ?? ''),
    byName: groupedBy(documents, ({ value }) => nameOf(value)),
  }
  return (output) => linesIn(written, output)
}

function linesIn(documents: Written, output: string): number[] {
  const count = output.split('\n').length
  const lines = new Array<number>(count + 1).fill(0)
  const [rendered] = parseYaml({ path: 'output', text: output })
  const written = rendered && writtenAs(rendered.value, documents)
  if (rendered && written) place(rendered, written, lines)
  for (let line = 1; line <= count; line++) lines[line] ||= lines[line - 1] || 1
  lines[0] = 1
  return lines
}

/** Documents of a manifest by what finds them. */
interface Written {
  byKind: Map<string, YamlDocument[]>
  byName: Map<string, YamlDocument[]>
}

/**
 * The document of the same kind whose name is part of the rendered one, which an overlay may extend; else the only one of
 * that name, for a patch may change the kind; else the only one of the kind.
 */
function writtenAs(value: unknown, { byKind, byName }: Written): YamlDocument | undefined {
  const ofKind = byKind.get(textAt(value, 'kind') ?? '') ?? []
  const name = nameOf(value)
  const ofName = byName.get(name) ?? []
  return (
    ofKind.find((document) => nameOf(document.value) === name) ??
    ofKind.find((document) => name.includes(nameOf(document.value))) ??
    (ofName.length === 1 ? ofName[0] : undefined) ??
    (ofKind.length === 1 ? ofKind[0] : undefined)
  )
}

function nameOf(value: unknown): string {
  return textAt(isMapping(value) ? value['metadata'] : undefined, 'name') ?? ''
}

function place(rendered: YamlDocument, written: YamlDocument, lines: number[]): void {
  // Aliases may make a value contain itself.
  const seen = new Set<unknown>()
  const visit = (value: unknown, path: Path, counterpart: unknown, known: Path): void => {
    const line = rendered.sourceOf(path).line
    lines[line] ||= written.sourceOf(known).line
    if (typeof value !== 'object' || seen.has(value)) return
    seen.add(value)
    for (const [step, below] of entriesOf(value)) {
      const key = counterpartKey(step, below, counterpart)
      const exists = key !== undefined
      visit(
        below,
        [...path, step],
        exists ? valueAt(counterpart, key) : undefined,
        exists ? [...known, key] : known,
      )
    }
  }
  visit(rendered.value, [], written.value, [])
}

function entriesOf(value: unknown): [string | number, unknown][] {
  if (Array.isArray(value)) return value.map((item, index) => [index, item])
  return isMapping(value) ? Object.entries(value) : []
}

/** Items of lists are known by their names, else by their places. */
function counterpartKey(
  step: string | number,
  value: unknown,
  counterpart: unknown,
): string | number | undefined {
  if (typeof step === 'string')
    return isMapping(counterpart) && Object.hasOwn(counterpart, step) ? step : undefined
  if (!Array.isArray(counterpart)) return undefined
  const name = textAt(value, 'name')
  if (name === null) return step < counterpart.length ? step : undefined
  const found = counterpart.findIndex((item) => textAt(item, 'name') === name)
  return found === -1 ? undefined : found
}

function valueAt(counterpart: unknown, key: string | number): unknown {
  if (typeof key === 'number') return (counterpart as unknown[])[key]
  return (counterpart as Record<string, unknown>)[key]
}
