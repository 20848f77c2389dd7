import { describe, expect, it } from 'vitest'
import type { CustomObject } from '../../../../src/facts/custom-object.js'
import kubernetes from '../../../../src/inputs/formats/kubernetes.js'

async function read(text: string) {
  const file = { path: 'clusters/main/app.yaml', text, extension: '.yaml', sha256: '' }
  return kubernetes.read(file, { libraries: [], prefilter: true })
}

async function only(text: string): Promise<CustomObject> {
  const { facts } = await read(text)
  expect(facts).toMatchObject([{ fact: 'custom-object' }])
  return facts[0] as CustomObject
}

const object = (
  apiVersion: string,
  kind: string,
  spec: string,
  metadata = '{ name: cart, namespace: shop }',
) => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: ${metadata}\nspec: ${spec}\n`

describe('a HelmRelease', () => {
  const release = (spec: string, metadata?: string) =>
    object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', spec, metadata)

  it.each([
    ['{ chart: { spec: { chart: cart, version: 1.2.3 } } }', 'cart'],
    ['{ chartRef: { kind: OCIRepository, name: cart } }', 'cart'],
    ['{ chartRef: { kind: HelmChart, name: cart }, releaseName: basket }', 'basket'],
    ['{ chartRef: { kind: OCIRepository, name: cart }, targetNamespace: live }', 'live-cart'],
  ])('of %s is printed by the name of its release', async (spec, name) => {
    expect((await only(release(spec))).renderedBy).toBe(`helm get manifest ${name} --namespace shop`)
  })

  it.each([
    ['{ name: cart }', 'helm get manifest cart --namespace NAMESPACE'],
    ['{ name: "${APP}", namespace: shop }', 'helm get manifest RELEASE --namespace shop'],
    ['{ name: "cart; reboot", namespace: shop }', 'helm get manifest RELEASE --namespace shop'],
  ])(
    'whose names are open or no plain words, as %s, leaves them to be filled in',
    async (metadata, command) => {
      const spec = '{ chartRef: { kind: OCIRepository, name: cart } }'
      expect((await only(release(spec, metadata))).renderedBy).toBe(command)
    },
  )

  it.each([
    '{ chart: { spec: { chart: ./charts/cart, sourceRef: { kind: GitRepository, name: shop } } } }',
    '{ chart: { spec: { chart: charts/cart, sourceRef: { kind: Bucket, name: shop } } } }',
    '{ chart: { spec: { chart: ../cart } } }',
    '{ chart: { spec: { version: 1.2.3 } } }',
  ])('of a folder may be of one that was read: %s', async (spec) => {
    expect((await only(release(spec))).renderedBy).toBeUndefined()
  })

  it('is passed over with the command that prints what it installs', async () => {
    const text = release('{ chartRef: { kind: OCIRepository, name: cart } }')
    expect((await read(text)).skipped).toBe(
      'what HelmRelease cart installs is not assessed: render it with `helm get manifest cart --namespace shop` and analyse the output',
    )
    const both = `${text}---\n${text.replace('cart', 'stock')}---\napiVersion: v1\nkind: LimitRange\nmetadata: { name: a }\n`
    expect((await read(both)).skipped).toMatch(/^kinds not used: LimitRange; what .*; and so for 1 more$/)
  })

  it.each(['{ chartRef: cart }', '[]', '{ chart: [] }', '{ targetNamespace: { a: b } }'])(
    'that is broken is no exception: %s',
    async (spec) => {
      expect((await only(release(spec))).kind).toBe('HelmRelease')
    },
  )
})

it('an OCIRepository is the chart that a chartRef refers to', async () => {
  const spec =
    '{ url: "oci://ghcr.io/prometheus-community/charts/kube-prometheus-stack", ref: { tag: 1.0.0 } }'
  const repository = await only(object('source.toolkit.fluxcd.io/v1', 'OCIRepository', spec))
  expect(repository.charts).toEqual(['kube-prometheus-stack'])
  expect(repository.renderedBy).toBeUndefined()
})

describe('an Application', () => {
  const application = (spec: string) => object('argoproj.io/v1alpha1', 'Application', spec)

  it('of a chart is printed by Argo CD', async () => {
    const one = await only(application('{ source: { chart: cart, repoURL: https://charts.example } }'))
    expect(one).toMatchObject({ charts: ['cart'], renderedBy: 'argocd app manifests cart' })
  })

  it('of a folder may be of one that was read', async () => {
    expect((await only(application('{ source: { path: apps/cart } }'))).renderedBy).toBeUndefined()
  })
})

describe('an ApplicationSet', () => {
  const set = (spec: string) => object('argoproj.io/v1alpha1', 'ApplicationSet', spec)

  const ofFolders = (source: string) =>
    `{ generators: [{ git: { directories: [{ path: "apps/*" }] } }], template: { spec: { source: ${source} } } }`

  it('of charts generates what nothing here tells', async () => {
    const one = await only(set(ofFolders('{ chart: "{{path.basename}}" }')))
    expect(one.renderedBy).toBe('argocd appset generate clusters/main/app.yaml -o yaml')
    expect(one.charts).toBeUndefined()
  })

  it('of folders may be of some that were read', async () => {
    const one = await only(set(ofFolders('{ path: "{{path}}" }')))
    expect(one.renderedBy).toBeUndefined()
    expect(one.charts).toBeUndefined()
  })

  it.each([
    ['{ path: "k8s/{{app}}" }', undefined],
    ['{ chart: cart }', ['cart']],
    ['{ chart: "{{ .chart }}" }', ['loki']],
    ['{ chart: "{{values.name}}" }', ['tempo']],
    ['{ chart: "{{app}}-chart" }', undefined],
    ['{ chart: "{{app.name}}" }', undefined],
  ])('takes from a list only what the chart of its source names: %s', async (source, charts) => {
    const element = '{ app: kube-prometheus-stack, chart: loki, values: { name: tempo } }'
    const spec = `{ generators: [{ list: { elements: [${element}] } }], template: { spec: { source: ${source} } } }`
    expect((await only(set(spec))).charts).toEqual(charts)
  })

  it('names charts in its template, and in lists that a template takes them from', async () => {
    const literal = '{ template: { spec: { sources: [{ chart: loki }, { chart: "{{ .chart }}" }] } } }'
    expect((await only(set(literal))).charts).toEqual(['loki'])
    const list =
      '{ generators: [{ list: { elements: [{ chart: kube-prometheus-stack, wave: 1 }, { chart: loki }] } }], template: { spec: { source: { chart: "{{chart}}" } } } }'
    expect((await only(set(list))).charts).toEqual(['kube-prometheus-stack', 'loki'])
  })

  it.each([
    '{ generators: { list: [] } }',
    '{ generators: [{ list: { elements: [loki, [loki]] } }] }',
    '{ generators: [list], template: cart }',
    '',
  ])('that is broken is no exception: %s', async (spec) => {
    expect((await only(set(spec))).charts).toBeUndefined()
  })
})
