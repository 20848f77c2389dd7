import { describe, expect, it } from 'vitest'
import type { AlertRouting } from '../../../src/facts/routing.js'
import kubernetes from '../../../src/inputs/formats/kubernetes.js'
import { deliveriesOf } from '../../../src/system/alerts/routed-alerts.js'
import { useOf, type PartUse } from '../../../src/system/alerts/selected-parts.js'
import { alert, selector } from '../facts.js'

const PART = `apiVersion: monitoring.coreos.com/v1alpha1
kind: AlertmanagerConfig
metadata: { name: orders, namespace: shop, labels: { a: b } }
spec:
  route: { receiver: pager }
  receivers: [{ name: pager }]
`

async function read(...specs: [string, string?][]): Promise<{ use: PartUse; part: AlertRouting }> {
  const objects = specs.map(
    ([spec, namespace = 'monitoring']) =>
      `---\napiVersion: monitoring.coreos.com/v1\nkind: Alertmanager\nmetadata: { name: main, namespace: ${namespace} }\nspec: ${spec}\n`,
  )
  const file = { path: 'a.yaml', extension: '.yaml', sha256: '', text: `${PART}${objects.join('')}` }
  const { facts } = await kubernetes.read(file, { libraries: [], prefilter: true })
  const part = facts.find((fact) => fact.fact === 'alert-routing')!
  return {
    part,
    use: useOf(
      part,
      facts.filter((fact) => fact.fact === 'alertmanager'),
      [],
    ),
  }
}

const ALL = 'alertmanagerConfigSelector: {}, alertmanagerConfigNamespaceSelector: {}'

describe('an AlertmanagerConfig', () => {
  it('is kept to its namespace unless the Alertmanager says otherwise', async () => {
    const except = `alertmanagerConfigMatcherStrategy: { type: OnNamespaceExceptForAlertmanagerNamespace }`
    expect((await read([`{ ${ALL} }`])).use).toEqual({ selected: 'yes', ofNamespace: 'yes' })
    expect(
      (await read([`{ ${ALL}, alertmanagerConfigMatcherStrategy: { type: None } }`])).use.ofNamespace,
    ).toBe('no')
    expect((await read([`{ ${ALL}, ${except} }`])).use.ofNamespace).toBe('yes')
    expect((await read([`{ ${ALL}, ${except} }`, 'shop'])).use.ofNamespace).toBe('no')
    expect((await read(['{ alertmanagerConfiguration: { name: orders } }', 'shop'])).use).toEqual({
      selected: 'yes',
      ofNamespace: 'no',
    })
  })

  it('that several Alertmanagers take in different ways is not known to be kept', async () => {
    const { use } = await read(
      [`{ ${ALL} }`],
      [`{ ${ALL}, alertmanagerConfigMatcherStrategy: { type: None } }`],
    )
    expect(use).toEqual({ selected: 'yes', ofNamespace: 'unknown' })
  })

  it('of an Alertmanager that names no namespace may be taken by it', async () => {
    expect((await read(['{ alertmanagerConfigSelector: {} }', 'default'])).use.selected).toBe('unknown')
    expect((await read(['{ alertmanagerConfigSelector: {} }', 'shop'])).use.selected).toBe('yes')
    expect((await read()).use).toEqual({ selected: 'unknown', ofNamespace: 'yes' })
  })

  it('takes alerts of other namespaces only where it is not kept to its own', async () => {
    const { part } = await read()
    const other = alert('Down', [selector('up')], { labels: { namespace: 'pay' } })
    const comes = (use: PartUse['ofNamespace']): boolean[] =>
      deliveriesOf(other, part, [], use).map(({ isCertain }) => isCertain)
    expect([comes('yes'), comes('unknown'), comes('no')]).toEqual([[], [false], [true]])
  })
})
