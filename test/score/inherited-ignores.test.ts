/** Small systems with ignores for other tools, from their files to what is accepted. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { analyze } from '../../src/analyze.js'
import { DEFAULT_CONFIGURATION, type Configuration } from '../../src/knowledge/configuration.js'
import type { Check, Result } from '../../src/report/result.js'
import { render } from '../../src/report/write.js'

async function resultOf(
  files: Record<string, string>,
  configuration: Partial<Configuration> = {},
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'inherited-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    const { result } = await analyze({
      paths: [folder],
      configuration: {
        file: null,
        value: { ...DEFAULT_CONFIGURATION, ...configuration },
        placeOf: () => ({ line: 1, column: 1 }),
      },
      ruleFolders: [],
      asOf: '2026-11-01T00:00:00.000Z',
      prefilter: true,
      cache: null,
      rendering: null,
      tool: { name: 'resilience-report', version: '0.0.0' },
      subject: { name: 'shop', revision: null, tier: null },
      onProgress: () => undefined,
    })
    return result
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Rules whose findings are accepted, and by what. */
function accepted({ checks }: Result): Record<string, NonNullable<Check['waiver']>['inherited']> {
  return Object.fromEntries(
    checks.flatMap(({ rule, waiver }) => (waiver && !waiver.expired ? [[rule, waiver.inherited]] : [])),
  )
}

interface Annotated {
  workload?: string
  pods?: string
  service?: string
}

/** A Deployment with an image without a tag, without resources and probes, behind a Service. */
function cart({ workload = '{}', pods = '{}', service = '{}' }: Annotated): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, annotations: ${workload} }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart }, annotations: ${pods} }
    spec:
      containers: [{ name: web, image: shop/cart, ports: [{ containerPort: 8080 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, annotations: ${service} }
spec: { selector: { app: cart }, ports: [{ port: 8080 }] }
`
}

const rulesOf = async (annotated: Annotated): Promise<string[]> =>
  Object.keys(accepted(await resultOf({ 'k8s/cart.yaml': cart(annotated) }))).sort()

const RESOURCES = ['kubernetes-cpu-request', 'kubernetes-memory-limit', 'kubernetes-memory-request']

describe('an annotation for another tool', () => {
  it('accepts what our rules find like its checks, and says where it stands', async () => {
    const result = await resultOf({
      'k8s/cart.yaml': cart({ workload: '{ kube-score/ignore: "container-image-tag , no-such-check" }' }),
    })
    expect(accepted(result)).toEqual({
      'kubernetes-image-pinned': {
        tool: 'kube-score',
        checks: ['container-image-tag'],
        reason: null,
        path: 'k8s/cart.yaml',
        line: 3,
      },
    })
    const check = result.checks.find(({ rule }) => rule === 'kubernetes-image-pinned')!
    expect(check.waiver).toMatchObject({
      reason: 'no reason given: this form of kube-score has no field for one',
      owner: 'inherited from kube-score',
      expires: 'never',
    })
    expect(result.problems).toEqual([])
  })

  it.each([
    [
      'kube-score',
      { workload: '{ kube-score/ignore: "container-resources,pod-probes" }' },
      [...RESOURCES, 'kubernetes-liveness-probe', 'kubernetes-readiness-probe'],
    ],
    ['kube-score, on the pods', { pods: '{ kube-score/ignore: container-resources }' }, RESOURCES],
    [
      'kube-score, on the pods, of a check of the workload',
      { pods: '{ kube-score/ignore: deployment-replicas }' },
      [],
    ],
    [
      'kube-score, of which the pods ask for one again',
      {
        workload: '{ kube-score/ignore: "container-image-tag,pod-probes" }',
        pods: '{ kube-score/enable: pod-probes }',
      },
      ['kubernetes-image-pinned'],
    ],
    ['kube-score, on the Service', { service: '{ kube-score/ignore: container-image-tag }' }, []],
    [
      'kube-linter',
      { workload: '{ ignore-check.kube-linter.io/minimum-three-replicas: one is enough }' },
      ['kubernetes-replicas'],
    ],
    ['kube-linter, on the pods', { pods: '{ ignore-check.kube-linter.io/latest-tag: why not }' }, []],
    [
      'kube-linter, all of its checks',
      { workload: '{ kube-linter.io/ignore-all: a demonstration }' },
      [
        'kubernetes-cpu-request',
        'kubernetes-image-pinned',
        'kubernetes-liveness-probe',
        'kubernetes-memory-limit',
        'kubernetes-readiness-probe',
        'kubernetes-replicas',
      ],
    ],
    [
      'polaris',
      { workload: '{ polaris.fairwinds.com/tagNotSpecified-exempt: "TRUE" }' },
      ['kubernetes-image-pinned'],
    ],
    ['polaris, switched off', { workload: '{ polaris.fairwinds.com/exempt: "false" }' }, []],
    ['polaris, not a text', { workload: '{ polaris.fairwinds.com/exempt: [true] }' }, []],
    ['monokle', { workload: '{ monokle.io/suppress.kbp.cpu-request: "true" }' }, ['kubernetes-cpu-request']],
    ['monokle, switched off', { workload: '{ monokle.io/suppress.KBP002: "false" }' }, []],
    [
      'a tool that only looks like one',
      { workload: '{ kube-score/ignored: pod-probes, my.kube-linter.io/ignore-all: x }' },
      [],
    ],
  ])('is read as that tool reads it: %s', async (_, annotated, rules) => {
    expect(await rulesOf(annotated)).toEqual([...rules].sort())
  })

  it('gives its reason, one line of it, and is escaped in every document', async () => {
    const result = await resultOf({
      'k8s/cart.yaml': cart({
        workload: String.raw`{ ignore-check.kube-linter.io/latest-tag: "<img src=x onerror=alert(1)>\n| [x](javascript:y)\n# gone" }`,
      }),
    })
    const reason = '<img src=x onerror=alert(1)> | [x](javascript:y) # gone'
    expect(accepted(result)['kubernetes-image-pinned']).toMatchObject({ reason })
    const texts = await Promise.all(
      ['html', 'markdown'].map(async (format) => String(await render(result, format, { browser: null }))),
    )
    expect(texts[0]).toContain('&lt;img src')
    expect(texts[0]).not.toContain('<img src')
    const row = texts[1]!.split('\n').find((line) => line.includes('inherited from') && line.startsWith('|'))
    expect(row).toContain(String.raw`\<img src=x onerror=alert(1)\> \| \[x\](javascript:y) # gone`)
  })

  it('accepts nothing when it is switched off', async () => {
    const files = { 'k8s/cart.yaml': cart({ workload: '{ ignore-check.kube-linter.io/latest-tag: "" }' }) }
    const policies = { ...DEFAULT_CONFIGURATION.policies, inheritIgnores: false }
    const result = await resultOf(files, { policies })
    expect(accepted(result)).toEqual({})
    expect(result.checks.map(({ rule }) => rule)).not.toContain('suppression-reason')
  })

  it('gives way to a waiver, also to one that has expired', async () => {
    const files = { 'k8s/cart.yaml': cart({ workload: '{ kube-score/ignore: container-image-tag }' }) }
    const waiver = { rule: 'kubernetes-image-pinned', where: 'cart', reason: 'weighed', owner: 'shop' }
    const held = await resultOf(files, { waivers: [{ ...waiver, expires: '2027-01-01' }] })
    expect(accepted(held)).toEqual({ 'kubernetes-image-pinned': undefined })
    expect(accepted(await resultOf(files, { waivers: [{ ...waiver, expires: '2026-01-01' }] }))).toEqual({})
  })
})

describe('annotations and kustomizations', () => {
  const annotated = cart({ workload: '{ kube-score/ignore: container-image-tag }' })
  const overlay = (patch: string): Record<string, string> => ({
    'base/kustomization.yaml': 'resources: [cart.yaml]\n',
    'prod/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [../base]\n${patch}`,
  })

  it.each([
    [
      'merges',
      `patches:
  - patch: |
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: cart, annotations: { kube-score/ignore: pod-probes } }
`,
    ],
    [
      'removes',
      `patches:
  - target: { kind: Deployment }
    patch: |
      - op: remove
        path: /metadata/annotations/kube-score~1ignore
`,
    ],
  ])('a patch that %s what is ignored leaves it open', async (_, patch) => {
    expect(accepted(await resultOf({ ...overlay(''), 'base/cart.yaml': annotated }))).toHaveProperty(
      'kubernetes-image-pinned',
    )
    expect(accepted(await resultOf({ ...overlay(patch), 'base/cart.yaml': annotated }))).toEqual({})
  })

  it('what only a patch ignores is not accepted of the base', async () => {
    const patch = `patches:
  - patch: |
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: cart, annotations: { kube-linter.io/ignore-all: prod } }
`
    expect(accepted(await resultOf({ ...overlay(patch), 'base/cart.yaml': cart({}) }))).toEqual({})
  })

  it('what only one of two definitions ignores is not accepted', async () => {
    expect(accepted(await resultOf({ 'base/cart.yaml': annotated, 'release.yaml': cart({}) }))).toEqual({})
    expect(
      accepted(await resultOf({ 'base/cart.yaml': annotated, 'release.yaml': annotated })),
    ).toHaveProperty('kubernetes-image-pinned')
  })
})

describe('a comment for pint', () => {
  const rules = (above: string, inside = ''): string => `groups:
  - name: cart
    rules:
${above}      - alert: CartGone
        expr: up{job="trolley"} == 0${inside}
`
  const acceptedRules = async (text: string): Promise<string[]> =>
    Object.keys(accepted(await resultOf({ 'rules.yaml': text, 'k8s/cart.yaml': cart({}) }))).sort()

  it.each([
    ['above the rule', rules('      # pint disable rule/for\n'), ['alert-for']],
    ['in the rule', rules('', ' # pint disable rule/for'), ['alert-for']],
    ['of the file', `${rules('')}# pint file/disable rule/for\n`, ['alert-for']],
    ['snoozed', rules('      # pint snooze 2026-11-02 rule/for\n'), ['alert-for']],
    ['snoozed until now', rules('      # pint snooze 2026-11-01 rule/for\n'), []],
    ['of its only metric', rules('      # pint disable promql/series(up)\n'), ['alert-target']],
    ['of another metric', rules('      # pint disable promql/series(down)\n'), []],
    ['of one server', rules('      # pint disable rule/for(staging)\n'), []],
    ['with an empty line between', rules('      # pint disable rule/for\n\n'), []],
    ['of a check that is not known', rules('      # pint disable rule/such\n'), []],
    ['that hides it', rules('      # pint ignore/begin\n'), ['alert-for', 'alert-severity', 'alert-target']],
    ['that hides a line of it', rules('', ' # pint ignore/line'), []],
    [
      'in its texts',
      rules(
        '',
        '\n        annotations:\n          a: |\n            # pint disable rule/for\n          b: "x # pint disable rule/for"',
      ),
      [],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await acceptedRules(text)).toEqual(expected)
  })

  it('that has ended is listed with its day, and the finding counts', async () => {
    const { checks } = await resultOf({ 'rules.yaml': rules('      # pint snooze 2026-01-31 rule/for\n') })
    const check = checks.find(({ rule }) => rule === 'alert-for')!
    expect(check.waiver).toMatchObject({ expires: '2026-01-31', expired: true, inherited: { tool: 'pint' } })
  })

  it('that is malformed is listed, and the file counts as read', async () => {
    const { problems, inputs } = await resultOf({
      'rules.yaml': rules('      # pint snooze soon rule/for\n'),
    })
    expect(problems).toMatchObject([{ path: 'rules.yaml', line: 4, column: 7 }])
    expect(inputs).toMatchObject([{ status: 'parsed' }])
  })
})
