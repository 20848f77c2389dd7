import { expect, it } from 'vitest'
import type { CustomObject } from '../../src/facts/custom-object.js'
import { Facts } from '../../src/facts/fact.js'
import { listsOfInstallers, notRendered } from '../../src/system/unrendered-objects.js'
import { at } from './facts.js'

function custom(
  apiVersion: string,
  kind: string,
  line: number,
  over: Partial<CustomObject> = {},
): CustomObject {
  return {
    fact: 'custom-object',
    source: at('cluster/apps.yaml', line),
    id: `shop/${kind}/${line}`,
    apiVersion,
    kind,
    name: String(line),
    namespace: 'shop',
    labels: {},
    at: {},
    ignores: {},
    fragment: false,
    ...over,
  }
}

const release = (line: number) =>
  custom('helm.toolkit.fluxcd.io/v2', 'HelmRelease', line, { renderedBy: 'helm get manifest cart' })

it('what is installed and not among the files is counted, with its places and a command', () => {
  const set = custom('argoproj.io/v1alpha1', 'ApplicationSet', 1, { renderedBy: 'argocd appset generate a' })
  const facts = new Facts([release(9), set, release(4), custom('kafka.strimzi.io/v1', 'Kafka', 20)])
  expect(notRendered(facts)).toEqual(['not assessed: what is installed by 1 ApplicationSet, 2 HelmReleases'])
  expect(listsOfInstallers(facts).map(({ what, places }) => [what, places.map(({ line }) => line)])).toEqual([
    [expect.stringContaining('render it with argocd appset generate FILE -o yaml'), [1]],
    [expect.stringContaining('render it with helm get manifest RELEASE --namespace NAMESPACE'), [4, 9]],
  ])
})

it('nothing is said where nothing is', () => {
  const facts = new Facts([custom('kafka.strimzi.io/v1', 'Kafka', 20)])
  expect(notRendered(facts)).toEqual([])
  expect(listsOfInstallers(facts)).toEqual([])
})
