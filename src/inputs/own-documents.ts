/** Documents of our own kinds (`apiVersion: resilience-report/v1`): every item checked by itself, so that one fault loses one item. */
import * as z from 'zod'
import type { Source } from '../facts/source.js'
import type { InputFile, Problem } from './format.js'
import { faultsIn } from './own-faults.js'
import type { Path, YamlDocument } from './yaml/document.js'
import { parseYaml } from './yaml/parse.js'
import { DATA_FILES } from './extensions.js'

export const OWN_API_VERSION = 'resilience-report/v1'

export interface Item<T> {
  value: T
  /** Its key in a mapping, its index in a list. */
  key: string
  /** With the pointer inside its document. */
  source: Source
  /** Place of a field of the item. */
  sourceOf(path: Path): Source
}

/** Whether a file can hold documents of a kind, without parsing it. */
export function mentionsKind({ extension, text }: InputFile, kind: string): boolean {
  return (
    DATA_FILES.includes(extension) &&
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
): Items<Schema> {
  return readHeld(file, kind, list, schema, LIST)
}

/** The same of a further list, which a document may leave out; what is wrong with the document is not said again. */
export function readFurtherItems<Schema extends z.ZodType>(
  file: InputFile,
  kind: string,
  list: string,
  schema: Schema,
): Items<Schema> {
  return readHeld(file, kind, list, schema, LIST.optional())
}

/** The same of a mapping, whose keys are the last steps of the items' paths. */
export function readEntries<Schema extends z.ZodType>(
  file: InputFile,
  kind: string,
  mapping: string,
  schema: Schema,
): Items<Schema> {
  return readHeld(file, kind, mapping, schema, MAPPING)
}

interface Items<Schema extends z.ZodType> {
  items: Item<z.infer<Schema>>[]
  problems: Problem[]
  lost: number
}

const LIST = z.array(z.unknown())
const MAPPING = z.record(z.string(), z.unknown())

function readHeld<Schema extends z.ZodType>(
  file: InputFile,
  kind: string,
  held: string,
  schema: Schema,
  holder: z.ZodType,
): Items<Schema> {
  const items: Item<z.infer<Schema>>[] = []
  const problems: Problem[] = []
  let lost = 0
  for (const document of parseYaml(file)) {
    const isFurther = mayBeLeftOut(holder)
    if (!isFurther) problems.push(...document.problems)
    const checked = headerOf(kind, held, holder).safeParse(document.value, { reportInput: true })
    if (!checked.success) {
      if (isFurther && !checked.error.issues.some(({ path }) => path[0] === held)) continue
      lost += 1
      if (document.problems.length === 0) problems.push(...placed(checked.error, kind, document, []))
      continue
    }
    for (const [key, entry] of keyed(checked.data[held])) {
      const item = schema.safeParse(entry, { reportInput: true })
      if (item.success) {
        const sourceOf = (path: Path): Source => document.sourceOf([held, key, ...path])
        items.push({
          value: item.data,
          key: String(key),
          source: { ...sourceOf([]), pointer: `$.${held}${pointerTo(key)}` },
          sourceOf,
        })
      } else {
        lost += 1
        problems.push(...placed(item.error, kind, document, [held, key]))
      }
    }
  }
  return { items, problems, lost }
}

/** Every document of the kind that is one thing as a whole. */
export function readDocuments<Schema extends z.ZodType>(
  file: InputFile,
  kind: string,
  schema: Schema,
): Items<Schema> {
  const items: Item<z.infer<Schema>>[] = []
  const problems: Problem[] = []
  let lost = 0
  for (const document of parseYaml(file)) {
    problems.push(...document.problems)
    const item = schema.safeParse(document.value, { reportInput: true })
    if (item.success) {
      const { sourceOf } = document
      items.push({ value: item.data, key: '', source: { ...sourceOf([]), pointer: '$' }, sourceOf })
    } else {
      lost += 1
      if (document.problems.length === 0) problems.push(...placed(item.error, kind, document, []))
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

function keyed(held: unknown): [string | number, unknown][] {
  return Array.isArray(held) ? [...held.entries()] : Object.entries(held ?? {})
}

function pointerTo(key: string | number): string {
  return typeof key === 'number' ? `[${key}]` : `.${key}`
}

function headerOf(kind: string, held: string, holder: z.ZodType): z.ZodType<Record<string, unknown>> {
  const empty = holder === MAPPING ? `a mapping; write ${held}: {}` : `a list; write ${held}: []`
  const entries = z.custom((value) => holder.safeParse(value).success, `must be ${empty}`)
  return z.looseObject({
    apiVersion: z.literal(OWN_API_VERSION, `must be ${OWN_API_VERSION}`),
    kind: z.literal(kind, `must be ${kind}: put documents of other kinds into separate files`),
    [held]: mayBeLeftOut(holder) ? entries.optional() : entries,
  })
}

function mayBeLeftOut(holder: z.ZodType): boolean {
  return holder.safeParse(undefined).success
}

function placed(error: z.ZodError, kind: string, document: YamlDocument, base: Path): Problem[] {
  return faultsIn(error, kind).map((fault) => {
    const place = [...base, ...fault.path]
    const { path, line, column } = document.sourceOf(place)
    const name = place.length === 0 ? '' : `${place.join('.')}: `
    return { path, line, column, message: `${name}${fault.message}` }
  })
}
