/**
 * One system rendered for several environments as objects that each exist once. Which environment is the final one is not
 * known, so an object says what all of them have alike, and of the rest where it differs.
 */
import { listAt } from '../../facts/grouped.js'
import { isDeepStrictEqual } from 'node:util'
import { stringify } from 'yaml'
import { parseYaml } from '../yaml/parse.js'
import { countField, instancesOf, scaledIn } from './instances.js'
import { isMapping, textAt, type Mapping } from './loose.js'
import type { RenderedObject, Variant } from './rendering.js'

export interface RenderedEnvironment {
  name: string
  objects: RenderedObject[]
}

/** An object as one environment has it, with how many of it run there; null where that is no question. */
interface Writing {
  environment: string
  object: RenderedObject
  instances: number | null
}

/** An object of the first environment that has it; lines of files are not yet known. */
export interface MergedObject extends RenderedObject {
  onlyIn: string[]
  variants: Variant[]
}

export function mergeEnvironments(environments: RenderedEnvironment[]): MergedObject[] {
  const writings = new Map<string, Writing[]>()
  for (const { name, objects } of inOneNamespace(environments)) {
    const scaled = scaledIn(objects)
    for (const [key, object] of keyed(objects)) {
      const writing = {
        environment: name,
        object,
        instances: scaled(object.value) ?? instancesOf(object.value),
      }
      listAt(writings, key).push(writing)
    }
  }
  return [...writings.values()].map((all) => merged(all, environments.length))
}

/** Overlays put their objects into namespaces of their own: where these differ, none is said. */
function inOneNamespace(environments: RenderedEnvironment[]): RenderedEnvironment[] {
  const namespaces = environments.map(
    ({ objects }) => new Set(objects.map(({ value }) => namespaceOf(value))),
  )
  const differ = namespaces.some((own) => [...own].some((name) => !namespaces[0]!.has(name)))
  if (!differ) return environments
  const everywhere = [...namespaces[0]!].filter((name) => namespaces.every((own) => own.has(name)))
  return environments.map(({ name, objects }) => ({
    name,
    objects: objects.map((object) =>
      everywhere.includes(namespaceOf(object.value)) ? object : withoutNamespace(object),
    ),
  }))
}

function withoutNamespace(object: RenderedObject): RenderedObject {
  const { metadata } = object.value
  const { namespace, ...others } = isMapping(metadata) ? metadata : {}
  if (namespace === undefined) return object
  const value = { ...object.value, metadata: others }
  return { ...object, text: rewritten(object.text, ['metadata', 'namespace'], null, value), value }
}

function namespaceOf(value: Mapping): string | null {
  return textAt(value['metadata'], 'namespace')
}

/** By file, kind, namespace and name; what a file has of one name more than once, by its place among them. */
function keyed(objects: RenderedObject[]): Map<string, RenderedObject> {
  const keys = new Map<string, RenderedObject>()
  for (const object of objects) {
    const name = textAt(object.value['metadata'], 'name')
    const key = [object.path, textAt(object.value, 'kind'), namespaceOf(object.value), name].join('\n')
    let place = 0
    while (keys.has(`${key}\n${place}`)) place++
    keys.set(`${key}\n${place}`, object)
  }
  return keys
}

function merged(writings: Writing[], count: number): MergedObject {
  const least = Math.min(...writings.map(({ instances }) => instances ?? 1))
  const object = withInstances(writings[0]!.object, least)
  const variants = writings.flatMap(({ environment, object: { text, value }, instances }): Variant[] =>
    isDeepStrictEqual(value['spec'], object.value['spec'])
      ? []
      : [{ environment, text, instances: instances !== null && instances > least ? instances : null }],
  )
  const onlyIn = writings.length < count ? writings.map(({ environment }) => environment) : []
  return { ...object, onlyIn, variants }
}

/** As many as run at least, wherever it is deployed. */
function withInstances(object: RenderedObject, least: number): RenderedObject {
  const field = countField(object.value)
  const spec = object.value['spec']
  if (field === undefined || !isMapping(spec) || spec[field] === undefined || spec[field] === least)
    return object
  const value = { ...object.value, spec: { ...spec, [field]: least } }
  return { ...object, text: rewritten(object.text, ['spec', field], String(least), value), value }
}

/** The text with one value set, or taken away. Where that value has a line of its own, all others keep their places. */
function rewritten(text: string, path: string[], value: string | null, whole: Mapping): string {
  return withLine(text, path, value) ?? stringify(whole, { lineWidth: 0, aliasDuplicateObjects: false })
}

function withLine(text: string, path: string[], value: string | null): string | null {
  const [document] = parseYaml({ path: 'output', text })
  if (!document) return null
  const lines = text.split('\n')
  const index = document.sourceOf(path).line - 1
  const [, start] = new RegExp(`^(\\s*["']?${path.at(-1)!}["']?\\s*:)\\s`).exec(`${lines[index]}\n`) ?? []
  if (start === undefined) return null
  lines[index] = value === null ? '' : `${start} ${value}`
  return lines.join('\n')
}
