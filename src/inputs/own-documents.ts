/** Documents of our own kinds (`apiVersion: resilience-report/v1`): every item checked by itself, so that one fault loses one item. */
import { z } from 'zod'
import type { Source } from '../facts/source.js'
import type { InputFile, Problem } from './format.js'
import { faultsIn } from './own-faults.js'
import type { Path, YamlDocument } from './yaml/document.js'
import { parseYaml } from './yaml/parse.js'

export const OWN_API_VERSION = 'resilience-report/v1'

export interface Item<T> {
  value: T
  /** With the pointer inside its document. */
  source: Source
  /** Place of a field of the item. */
  sourceOf(path: Path): Source
}

const EXTENSIONS = ['.yaml', '.yml', '.json']

/** Whether a file can hold documents of a kind, without parsing it. */
export function mentionsKind({ extension, text }: InputFile, kind: string): boolean {
  return (
    EXTENSIONS.includes(extension) &&
    text.includes(OWN_API_VERSION) &&
    new RegExp(`(^|["'{,\\s])kind["']?[ \\t]*:[ \\t]*["']?${kind}\\b`, 'm').test(text)
  )
}

/** Items under `list` of every document of the kind; what does not fit the schema becomes a problem at its place. */
export function readItems<Schema extends z.ZodType>(
  file: InputFile,
  kind: string,
  list: string,
  schema: Schema,
): { items: Item<z.infer<Schema>>[]; problems: Problem[]; lost: number } {
  const items: Item<z.infer<Schema>>[] = []
  const problems: Problem[] = []
  let lost = 0
  for (const document of parseYaml(file)) {
    problems.push(...document.problems)
    const checked = headerOf(kind, list).safeParse(document.value, { reportInput: true })
    if (!checked.success) {
      lost += 1
      if (document.problems.length === 0) problems.push(...placed(checked.error, kind, document, []))
      continue
    }
    const entries: unknown = checked.data[list]
    for (const [index, entry] of (Array.isArray(entries) ? entries : []).entries()) {
      const item = schema.safeParse(entry, { reportInput: true })
      if (item.success) {
        const sourceOf = (path: Path): Source => document.sourceOf([list, index, ...path])
        items.push({
          value: item.data,
          source: { ...sourceOf([]), pointer: `$.${list}[${index}]` },
          sourceOf,
        })
      } else {
        lost += 1
        problems.push(...placed(item.error, kind, document, [list, index]))
      }
    }
  }
  return { items, problems, lost }
}

/** How a reading is marked that lost entries. */
export function markLost(lost: number, kept: number): { partial?: string; failed?: string } {
  if (lost === 0) return {}
  const reason = `${lost} ${lost === 1 ? 'entry' : 'entries'} could not be used; see the problems`
  return kept > 0 ? { partial: reason } : { failed: reason }
}

function headerOf(kind: string, list: string): z.ZodType<Record<string, unknown>> {
  return z.looseObject({
    apiVersion: z.literal(OWN_API_VERSION, `must be ${OWN_API_VERSION}`),
    kind: z.literal(kind, `must be ${kind}: put documents of other kinds into files of their own`),
    [list]: z.array(z.unknown(), `must be a list; write ${list}: []`),
  })
}

function placed(error: z.ZodError, kind: string, document: YamlDocument, base: Path): Problem[] {
  return faultsIn(error, kind).map((fault) => {
    const place = [...base, ...fault.path]
    const { path, line, column } = document.sourceOf(place)
    const name = place.length === 0 ? '' : `${place.join('.')}: `
    return { path, line, column, message: `${name}${fault.message}` }
  })
}
