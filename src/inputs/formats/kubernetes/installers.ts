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
  ApplicationSet: (spec) => [
    ...chartsOfSources(spec.get('template', 'spec')),
    ...spec.get('generators').items().flatMap(valuesOfList),
  ],
}

function chartsOfSources(spec: Field): Field[] {
  return [spec.get('source'), ...spec.get('sources').items()].map((source) => source.get('chart'))
}

/** A template takes the names of charts from there, under any key. */
function valuesOfList(generator: Field): Field[] {
  const elements = generator.get('list', 'elements')
  return Array.isArray(elements.value)
    ? elements
        .items()
        .flatMap((element) => (isMapping(element) ? element.entries().map(([, value]) => value) : []))
    : []
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

/** Null where no command is known, and where what it installs may be a folder that was read: an Application without a chart. */
export function renderingCommand(object: Field, kind: string, charts: string[]): string | null {
  const group = (object.get('apiVersion').text() ?? '').split('/', 1)[0]!
  const { installers } = clusterComponents()
  const command = Object.hasOwn(installers, `${group}/${kind}`) ? installers[`${group}/${kind}`]! : null
  if (command === null || (kind === 'Application' && charts.length === 0)) return null
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
