/** Objects of kinds that are not read: by name and labels only, and those that install charts by these. */
import { basename } from 'node:path/posix'
import type { CustomObject } from '../../../facts/custom-object.js'
import type { Field } from '../../field.js'
import { manifestObject } from './object.js'

/** API groups of Kubernetes itself have no domain, or one of its own; what they make is known. */
const OWN_GROUP = /^(?:[a-z]+|(?:[a-z0-9.-]+\.)?k8s\.io)$/

export function readCustomObject(object: Field, apiVersion: string, kind: string): CustomObject[] {
  const group = apiVersion.includes('/') ? apiVersion.split('/', 1)[0]! : ''
  if (group === '' || OWN_GROUP.test(group)) return []
  const charts = (CHARTS[kind]?.(object.get('spec')) ?? []).flatMap((chart) => chart.text() ?? [])
  return [
    {
      ...manifestObject(object, kind),
      fact: 'custom-object',
      ...(charts.length > 0 && { charts: charts.map((chart) => basename(chart)) }),
    },
  ]
}

/** Where the kinds that install charts name them: those of Flux, of Argo CD and of k3s. */
const CHARTS: Partial<Record<string, (spec: Field) => Field[]>> = {
  HelmRelease: (spec) => [spec.get('chart'), spec.get('chart', 'spec', 'chart')],
  HelmChart: (spec) => [spec.get('chart')],
  Application: (spec) =>
    [spec.get('source'), ...spec.get('sources').items()].map((source) => source.get('chart')),
}
