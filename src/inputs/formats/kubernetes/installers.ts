/** Objects that install what is not among the files: which charts they name, and which command prints what they make. */
import { basename } from 'node:path/posix'
import type { CustomObject } from '../../../facts/custom-object.js'
import { clusterComponents } from '../../../knowledge/manifests/cluster-components.js'
import type { Field } from '../../field.js'

/** Names of charts, as far as they are written out. */
export function chartsOf(object: Field, kind: string): string[] {
  const named = (CHARTS[kind]?.(object.get('spec')) ?? []).flatMap(textOf)
  return [...new Set(named.map((chart) => basename(chart)))]
}

/** Where kinds name charts: those of Flux, of Argo CD and of k3s; an OCIRepository is what a `chartRef` refers to. */
const CHARTS: Partial<Record<string, (spec: Field) => Field[]>> = {
  HelmRelease: (spec) => [spec.get('chart'), spec.get('chart', 'spec', 'chart')],
  HelmChart: (spec) => [spec.get('chart')],
  OCIRepository: (spec) => [spec.get('url')],
  Application: chartsOfSources,
  ApplicationSet: (spec) => {
    const charts = chartsOfSources(spec.get('template', 'spec'))
    const keys = charts.flatMap(keyFilledIn)
    const generators = spec.get('generators').items()
    return [...charts, ...generators.flatMap((generator) => valuesOfList(generator, keys))]
  },
}

function chartsOfSources(spec: Field): Field[] {
  return [spec.get('source'), ...spec.get('sources').items()].map((source) => source.get('chart'))
}

/** Nothing but the value of a key, as `{{chart}}` or as `{{ .values.chart }}`: with a text around it, the value alone is no chart. */
const FILLED_IN = /^\{\{-?\s*\.?(\w[\w-]*(?:\.\w[\w-]*)*)\s*-?\}\}$/

/** The path to the key whose value the name of a chart is. */
function keyFilledIn({ value }: Field): string[][] {
  const key = typeof value === 'string' ? FILLED_IN.exec(value)?.[1] : undefined
  return key === undefined ? [] : [key.split('.')]
}

/** What a template takes from there under these keys: what else stands there is no chart. */
function valuesOfList(generator: Field, keys: string[][]): Field[] {
  const elements = generator.get('list', 'elements')
  return Array.isArray(elements.value)
    ? elements.items().flatMap((element) => keys.flatMap((key) => valueAt(element, key)))
    : []
}

function valueAt(element: Field, [first, ...further]: string[]): Field[] {
  if (first === undefined) return [element]
  return isMapping(element) ? valueAt(element.get(first), further) : []
}

/** Nothing is noted of other types: the API server of Argo CD takes them. A name that is filled in later is none. */
function textOf({ value }: Field): string[] {
  return typeof value === 'string' && !value.includes('{{') ? [value] : []
}

function isMapping({ value }: Field): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Null where the object names its charts itself, or installs none. */
export function chartFromElsewhere(
  object: Field,
  kind: string,
): NonNullable<CustomObject['chartFrom']> | null {
  const spec = object.get('spec')
  if (kind === 'ApplicationSet') {
    const charts = chartsOfSources(spec.get('template', 'spec'))
    return charts.some(({ value }) => typeof value === 'string' && value.includes('{{')) ? 'template' : null
  }
  const [reference, name] = [spec.get('chartRef', 'kind').value, spec.get('chartRef', 'name').value]
  return kind === 'HelmRelease' && typeof reference === 'string' && typeof name === 'string'
    ? { kind: reference, name }
    : null
}

/** Sources of Flux whose charts are folders: they may be those that were read. */
const SOURCES_OF_FOLDERS = ['GitRepository', 'Bucket']
const RELATIVE = /^\.{0,2}\//

/** It names a chart that is no folder, or an object that does. A folder, a relative chart and what names neither may be among the files. */
function installsFromElsewhere(object: Field, kind: string): boolean {
  const spec = object.get('spec')
  const source = spec.get('chart', 'spec', 'sourceRef', 'kind').value
  if (typeof source === 'string' && SOURCES_OF_FOLDERS.includes(source)) return false
  if (kind === 'HelmRelease' && typeof spec.get('chartRef', 'kind').value === 'string') return true
  const charts = CHARTS[kind]?.(spec) ?? []
  return charts.some(({ value }) => typeof value === 'string' && value !== '' && !RELATIVE.test(value))
}

/** Null where no command is known, and where what it installs may be among the files. */
export function renderingCommand(object: Field, kind: string): string | null {
  const group = (object.get('apiVersion').text() ?? '').split('/', 1)[0]!
  const { installers } = clusterComponents()
  const command = Object.hasOwn(installers, `${group}/${kind}`) ? installers[`${group}/${kind}`]! : null
  if (command === null || !installsFromElsewhere(object, kind)) return null
  const written: Record<string, string | null> = {
    FILE: object.source.path,
    NAME: object.get('metadata', 'name').text(),
    NAMESPACE: namespaceOf(object),
    RELEASE: releaseOf(object),
  }
  return command.replace(/\b(?:FILE|NAME|NAMESPACE|RELEASE)\b/g, (word) => {
    const value = written[word] ?? null
    return value !== null && PLAIN.test(value) ? value : word
  })
}

/** Whatever a shell would take for more than a word stays to be filled in. */
const PLAIN = /^[\w][\w./-]*$/

/** As the controller of Flux calls it. */
function releaseOf(object: Field): string | null {
  const spec = object.get('spec')
  const [own, name, target] = [
    spec.get('releaseName').text(),
    object.get('metadata', 'name').text(),
    spec.get('targetNamespace').text(),
  ]
  return own ?? (target === null || name === null ? name : `${target}-${name}`)
}

/** Where Helm keeps the release; what is not written, something else decides when the object is applied. */
function namespaceOf(object: Field): string | null {
  const spec = object.get('spec')
  const kept = spec.get('storageNamespace').text() ?? object.get('metadata', 'namespace').text()
  return object.get('kind').value === 'HelmChart' ? (spec.get('targetNamespace').text() ?? kept) : kept
}
