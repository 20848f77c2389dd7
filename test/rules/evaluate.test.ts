import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fact } from '../../src/facts/fact.js'
import type { Source } from '../../src/facts/source.js'
import kubernetes from '../../src/inputs/formats/kubernetes.js'
import { sharedQuestions } from '../../src/knowledge/shared-questions.js'
import { loadCatalogue, loadRule, type CompiledRule } from '../../src/rules/catalogue.js'
import { evaluate } from '../../src/rules/evaluate.js'
import type { Outcome } from '../../src/rules/outcome.js'
import {
  alert,
  at,
  call,
  client,
  codePackage,
  guard,
  modelOf,
  policies,
  practice,
  run,
  selector,
  suppression,
  unreached,
} from '../system/facts.js'
import { container, ingress, service, workload } from '../system/manifests.js'

const catalogue = loadCatalogue(policies.patterns)

function outcomesOf(facts: Fact[], rules = catalogue.rules): Outcome[] {
  return evaluate({ rules, digest: '' }, modelOf(facts)).outcomes
}

/** Of how many things each rule of the catalogue says nothing, by its id. */
function notApplicableTo(facts: Fact[], rules = catalogue.rules): Record<string, number> {
  const { notApplicable } = evaluate({ rules, digest: '' }, modelOf(facts))
  return Object.fromEntries([...notApplicable].map(([{ id }, count]) => [id, count]))
}

/** What one rule of the catalogue says. */
function said(id: string, facts: Fact[]): Outcome[] {
  return outcomesOf(
    facts,
    catalogue.rules.filter((rule) => rule.id === id),
  )
}

function rule(
  lines: Partial<Record<'when' | 'needs' | 'expect' | 'message' | 'because', string>>,
): CompiledRule {
  const text = [
    'id: own-rule\ntitle: Fine\nfailure: Not fine\npattern: replicas\ncategory: redundancy\nseverity: high',
    'prevents: A loss.\nsubject: workload\nremediation: Mend it.\nfault: null\nparameters: { minimum: 2 }',
    `message: '${lines.message ?? '{{workload.name}} is not fine.'}'`,
    `expect: ${JSON.stringify(lines.expect ?? 'true')}`,
    ...(lines.because ? [`because: '${lines.because}'`] : []),
    ...(lines.when ? [`when: ${JSON.stringify(lines.when)}`] : []),
    ...(lines.needs
      ? [
          `needs: [{ that: ${JSON.stringify(lines.needs)}, otherwise: 'not seen for {{workload.name}}', question: 'Who counts {{workload.name}}?' }]`,
        ]
      : []),
  ]
  return loadRule('own-rule.yaml', text.join('\n'), policies.patterns)
}

describe('the five outcomes', () => {
  it.each<[Outcome['outcome'], Parameters<typeof rule>[0]]>([
    ['pass', { expect: 'workload.instances >= parameters.minimum' }],
    ['fail', { expect: 'workload.instances > parameters.minimum' }],
    ['unknown', { needs: 'workload.maxUnavailable != null', expect: 'false' }],
    ['error', { expect: 'workload.maxUnavailable > 3' }],
    ['error', { needs: 'workload.maxUnavailable > 3', expect: 'true' }],
    ['error', { when: 'workload.maxUnavailable > 3', expect: 'true' }],
    ['error', { expect: 'false', message: '{{instances}} are too few.' }],
  ])('%s: %j', (outcome, lines) => {
    const [only, ...others] = outcomesOf([workload('cart')], [rule(lines)])
    expect(others).toEqual([])
    expect(only!.outcome).toBe(outcome)
  })

  it('a pass says why where its rule does, else its title', () => {
    const because = '{{#if workload.instances}}{{workload.name}} runs {{workload.instances}}.{{/if}}'
    const said = outcomesOf(
      [workload('cart'), workload('web', { replicas: 0 })],
      [rule({ expect: 'true', because })],
    )
    expect(said.map(({ message }) => message)).toEqual(['cart runs 2.', 'Fine'])
  })

  it('what a rule does not apply to is counted only', () => {
    const rules = [rule({ when: 'workload.instances > 99', expect: 'false' })]
    const facts = [workload('cart'), workload('web')]
    expect(outcomesOf(facts, rules)).toEqual([])
    expect(notApplicableTo(facts, rules)).toEqual({ 'own-rule': 2 })
  })

  it('what does not apply is not asked what it needs', () => {
    const rules = [rule({ when: 'false', needs: 'false', expect: 'false' })]
    expect(outcomesOf([workload('cart')], rules)).toEqual([])
    expect(notApplicableTo([workload('cart')], rules)).toEqual({ 'own-rule': 1 })
  })

  it('unknown says why, fail says what, error says which rule broke', () => {
    const message = (lines: Parameters<typeof rule>[0]): unknown =>
      outcomesOf([workload('cart')], [rule(lines)])[0]
    expect(message({ needs: 'false' })).toMatchObject({
      reason: 'not seen for cart',
      question: 'Who counts cart?',
      message: 'Fine',
    })
    expect(message({ expect: 'false' })).toMatchObject({
      reason: null,
      question: null,
      message: 'cart is not fine.',
    })
    expect(message({ expect: 'workload.maxUnavailable > 3' })).toMatchObject({
      reason: expect.stringMatching(/^own-rule could not be evaluated: /),
    })
  })

  it('a hostile name is text in a message, not a template', () => {
    const [only] = outcomesOf([workload('{{workload.instances}}<b>')], [rule({ expect: 'false' })])
    expect(only!.message).toBe('{{workload.instances}}<b> is not fine.')
  })

  it('the message tells the parameter that was asked with', () => {
    const rules = catalogue.rules.map((each) => ({ ...each, parameters: { ...each.parameters, minimum: 5 } }))
    const facts = [workload('cart'), service('cart')]
    const failed = outcomesOf(facts, rules).find((outcome) => outcome.rule.id === 'kubernetes-replicas')!
    expect(failed.message).toContain('at least 5 are needed')
  })
})

describe('where a finding points', () => {
  it('at the part the rule names, else at the thing', () => {
    const written = workload('cart', { replicas: 1, at: { replicas: at('k8s/cart.yaml', 7, 3) } })
    expect(said('kubernetes-replicas', [written, service('cart')])[0]!.source).toEqual(
      at('k8s/cart.yaml', 7, 3),
    )
    const silent = workload('cart', { replicas: null })
    expect(said('kubernetes-replicas', [silent, service('cart')])[0]!.source).toEqual(silent.source)
  })

  it('at the first unguarded call, the others beside it', () => {
    const timeout = (state: 'absent' | 'present') => ({ 'http-timeout': guard(state) })
    const calls = [
      call(at('a.ts', 5), timeout('present')),
      call(at('a.ts', 6), timeout('absent')),
      call(at('a.ts', 7), timeout('absent')),
    ]
    const facts = [codePackage('cart'), client('cart', 'pricing', { guards: timeout('absent'), calls })]
    const [failed] = said('code-http-timeout', facts)
    expect(failed).toMatchObject({ outcome: 'fail', source: at('a.ts', 6) })
    expect(failed!.related.map(({ source }) => source.line)).toEqual([7])
  })

  it('where no call of a client is guarded, also beside the calls at its making', () => {
    const absent = { 'http-timeout': guard('absent') }
    const calls = [5, 6].map((line) => call(at('a.ts', line), absent))
    const placesOf = (source: Source): Source[] => {
      const made = client('cart', 'pricing', { source, guards: absent, calls })
      const [failed] = said('code-http-timeout', [codePackage('cart'), made])
      return [failed!.source, ...failed!.related.map((place) => place.source)]
    }
    expect(placesOf(at('pool.ts', 3))).toEqual([at('a.ts', 5), at('a.ts', 6), at('pool.ts', 3)])
    expect(placesOf(at('a.ts', 5))).toEqual([at('a.ts', 5), at('a.ts', 6)])
  })

  it('where a client is made, also behind the caller that decides how', () => {
    const guards = { 'http-timeout': guard('absent') }
    const calls = [call(at('a.ts', 5), guards)]
    const over = { source: at('main.ts', 9), creation: at('pool.ts', 3), guards, calls }
    const [failed] = said('code-http-timeout', [codePackage('cart'), client('cart', 'pricing', over)])
    expect([failed!.source, ...failed!.related.map(({ source }) => source)]).toEqual([
      at('a.ts', 5),
      at('main.ts', 9),
      at('pool.ts', 3),
    ])
  })

  it('at the making of a client where only that could guard it', () => {
    const absent = { ...guard('absent'), source: at('pool.ts', 3) }
    const guards = { 'pool-acquire-timeout': absent }
    const calls = [call(at('a.ts', 5), guards)]
    const over = { source: at('main.ts', 9), creation: at('pool.ts', 3), protocol: 'sql', guards, calls }
    const [failed] = said('code-pool-acquire-timeout', [codePackage('cart'), client('cart', 'db', over)])
    expect(failed).toMatchObject({ outcome: 'fail', source: at('pool.ts', 3) })
  })

  it('a second practice of the function is not the same thing', () => {
    const facts = [
      codePackage('cart'),
      practice('cart', 'swallowed-error', 'absent', { source: at('a.ts', 5) }),
      practice('cart', 'unbounded-fanout', 'absent', { source: at('a.ts', 9) }),
    ]
    const failed = outcomesOf(facts).filter(
      ({ outcome, subject }) => outcome === 'fail' && subject.kind === 'practice',
    )
    expect(failed.map((each) => [each.rule.pattern, each.source.line, each.related])).toEqual([
      ['swallowed-error', 5, []],
      ['unbounded-fanout', 9, []],
    ])
  })
})

describe('one place that decides for several clients', () => {
  const inFactory = at('fetching.ts', 7)
  const made = (host: string, from = 'cart', source = inFactory): Fact => {
    const guards = { 'http-timeout': guard('absent') }
    return client(from, host, { guards, calls: [call(source, guards)] })
  }
  const failed = (facts: Fact[]): Outcome[] =>
    said('code-http-timeout', facts).filter(({ outcome }) => outcome === 'fail')

  it('is one finding, with the others beside it', () => {
    const [finding, ...more] = failed([codePackage('cart'), made('stock'), made('orders')])
    expect(more).toEqual([])
    expect(finding).toMatchObject({
      source: inFactory,
      subject: { identity: 'services/cart/src/orders.ts#http' },
    })
    expect(finding!.related).toContainEqual({
      source: at('services/cart/src/stock.ts', 3),
      message: expect.stringContaining('same finding: ') as string,
    })
    expect(finding!.others.map(({ identity }) => identity)).toEqual(['services/cart/src/stock.ts#http'])
  })

  it('but one for each component', () => {
    const facts = [codePackage('cart'), codePackage('shop'), made('stock'), made('stock', 'shop')]
    expect(failed(facts)).toHaveLength(2)
  })

  it('and one for each place', () => {
    const elsewhere = made('orders', 'cart', at('a.ts', 1))
    expect(failed([codePackage('cart'), made('stock'), elsewhere])).toHaveLength(2)
  })
})

describe('parts of one object', () => {
  const failedOf = async (text: string): Promise<Outcome[]> => {
    const file = { path: 'k8s/mesh.yaml', text, extension: '.yaml', sha256: '' }
    const { facts } = await kubernetes.read(file, { libraries: [], prefilter: true })
    return said('mesh-retry-idempotency', facts).filter(({ outcome }) => outcome === 'fail')
  }
  const retries = 'retries: { attempts: 2, perTryTimeout: 1s, retryOn: 5xx }'
  const object = (name: string, methods: string[]): string =>
    [
      'apiVersion: networking.istio.io/v1',
      'kind: VirtualService',
      `metadata: { name: ${name} }`,
      `spec:\n  hosts: [${name}]\n  http:`,
      ...methods.map(
        (method) =>
          `    - { match: [{ method: { exact: ${method} } }], ${retries}, route: [{ destination: { host: orders } }] }`,
      ),
    ].join('\n')

  it('are one finding, each of the others with its own words', async () => {
    const [finding, ...more] = await failedOf(object('shop', ['POST', 'GET', 'PATCH', 'DELETE']))
    expect(more).toEqual([])
    expect(finding!.source.line).toBe(7)
    expect(finding!.message).toContain('rule 1, accepts POST')
    expect(finding!.related.map(({ source, message }) => [source.line, message])).toEqual([
      [9, expect.stringContaining('rule 3, accepts PATCH')],
    ])
    expect(finding!.others).toHaveLength(1)
  })

  it('are one finding for each object', async () => {
    expect(await failedOf(`${object('shop', ['POST'])}\n---\n${object('stock', ['POST'])}\n`)).toHaveLength(2)
  })

  it('that pass or are unknown stay by themselves', async () => {
    expect(await failedOf(object('shop', ['GET', 'HEAD']))).toEqual([])
  })
})

describe('one object in two files', () => {
  const release = workload('cart', { source: at('k8s/release.yaml'), replicas: 3 })
  const base = workload('cart', { source: at('k8s/base.yaml'), replicas: 1 })

  it('is judged once, the worse way, with both places', () => {
    for (const facts of [
      [release, base, service('cart')],
      [base, release, service('cart')],
    ]) {
      const outcomes = said('kubernetes-replicas', facts)
      expect(outcomes).toHaveLength(1)
      expect(outcomes[0]).toMatchObject({ outcome: 'fail', source: base.source })
      expect(outcomes[0]!.related).toEqual([
        { source: release.source, message: 'defined here too, where the outcome is pass' },
      ])
    }
  })

  it('in two namespaces is two objects', () => {
    const other = workload('cart', { namespace: 'test', replicas: 1, source: at('k8s/test.yaml') })
    expect(said('kubernetes-replicas', [release, other, service('cart')])).toHaveLength(2)
  })
})

describe('objects of one name in two systems', () => {
  it('are judged apart, each at its place', () => {
    const team = (name: string): Fact[] => [
      workload('api', { replicas: 1, source: at(`${name}/k8s/api.yaml`) }),
      service('api', { source: at(`${name}/k8s/api.yaml`, 30) }),
    ]
    const failed = said('kubernetes-replicas', [...team('a'), ...team('b')])
    expect(failed.map(({ source, related }) => [source.path, related])).toEqual([
      ['a/k8s/api.yaml', []],
      ['b/k8s/api.yaml', []],
    ])
    expect(failed.map(({ subject }) => subject.component)).toEqual(['a/api', 'b/api'])
    const alone = said('kubernetes-replicas', team('a'))
    expect(failed.map(({ fingerprint }) => fingerprint)).not.toContain(alone[0]!.fingerprint)
  })
})

const system: Fact[] = [
  codePackage('web'),
  codePackage('cart'),
  workload('web', { containers: [container('web', { image: 'shop/web' })] }),
  workload('cart', { replicas: 1, at: { replicas: at('k8s/cart.yaml', 7) } }),
  service('web'),
  service('cart'),
  ingress('web'),
  client('web', 'cart', { guards: { 'http-timeout': guard('absent') } }),
  client('cart', null),
  practice('cart', 'in-memory-timer', 'absent'),
  alert('Down', [selector('up', { job: 'cart' })]),
  run('r1', { target: 'cart', fault: 'pod-kill' }),
  suppression('code-http-timeout', 'services/web/src/cart.ts', 3, null),
]

describe('fingerprints', () => {
  const printsOf = (facts: Fact[]): string[] =>
    outcomesOf(facts)
      .map(({ fingerprint }) => fingerprint)
      .sort()

  it('are one per rule and thing', () => {
    const prints = printsOf(system)
    expect(prints.length).toBeGreaterThan(30)
    expect(new Set(prints).size).toBe(prints.length)
    for (const print of prints) expect(print).toMatch(/^[0-9a-f]{16}$/)
  })

  it('stay when everything moves to other lines', () => {
    const moved = structuredClone(system)
    for (const fact of moved) {
      fact.source.line += 40
      fact.source.endLine += 40
      fact.source.column += 2
    }
    expect(printsOf(moved)).toEqual(printsOf(system))
  })

  it('change with the thing', () => {
    const only = (name: string): string =>
      said('kubernetes-replicas', [workload(name), service(name)])[0]!.fingerprint
    expect(only('cart')).not.toBe(only('orders'))
  })
})

describe('outcomes', () => {
  it('come sorted, and the same for the same facts in any order', () => {
    const plain = (facts: Fact[]): unknown =>
      outcomesOf(facts).map(({ rule: { id }, outcome, source, related, message, reason, fingerprint }) => ({
        id,
        outcome,
        source,
        related,
        message,
        reason,
        fingerprint,
      }))
    const expected = plain(system)
    fc.assert(
      fc.property(fc.shuffledSubarray(system, { minLength: system.length }), (shuffled) => {
        expect(plain(shuffled)).toEqual(expected)
      }),
      { numRuns: 20 },
    )
  })

  it('an error is nobody’s fault but the rule’s: the catalogue gives none', () => {
    expect(outcomesOf(system).filter(({ outcome }) => outcome === 'error')).toEqual([])
    expect(outcomesOf([]).filter(({ outcome }) => outcome === 'error')).toEqual([])
  })
})

describe('code that no entry leads to', () => {
  const dead = client('web', 'cart', { guards: { 'http-timeout': guard('absent') } })
  const facts = [codePackage('web'), codePackage('cart'), dead]

  it('is judged as it is written, for little, and still not applicable elsewhere', () => {
    expect(said('code-http-timeout', facts)).toMatchObject([
      { outcome: 'fail', severity: 'high', reason: null },
    ])
    expect(said('code-http-timeout', [...facts, unreached(dead)])).toMatchObject([
      {
        outcome: 'fail',
        severity: 'low',
        reason: 'no entry of the package imports this module',
        question: null,
        subject: { component: 'web' },
      },
    ])
    expect(said('code-cache-timeout', [...facts, unreached(dead)])).toEqual([])
    expect(notApplicableTo([...facts, unreached(dead)])['code-cache-timeout']).toBe(1)
  })

  it('is unknown where what is written does not tell, or where nothing tells that it is code of a server', () => {
    const open = { ...dead, guards: { 'http-timeout': guard('unknown') } }
    expect(said('code-http-timeout', [codePackage('web'), open, unreached(open)])).toMatchObject([
      { outcome: 'unknown', severity: 'low', question: sharedQuestions()['no-entry'] },
    ])
    expect(said('code-http-timeout', [...facts, unreached(dead, 'components-only')])).toMatchObject([
      { outcome: 'unknown', severity: 'high', question: sharedQuestions()['components-only'] },
    ])
  })

  it('earns nothing where it is well', () => {
    const guarded = { ...dead, guards: { 'http-timeout': guard('present', 1, 's') } }
    const outcomes = said('code-http-timeout', [codePackage('web'), guarded, unreached(guarded)])
    expect(outcomes).toEqual([])
  })
})

describe('environments of one chart or base', () => {
  const limits = (memory: number | null) => ({ limits: { cpu: null, memory } })
  const rendered = (here: number | null, there: number | null): Fact[] => [
    workload('web', {
      containers: [
        container('web', {
          ...limits(here),
          elsewhere: [{ environment: 'values-prod.yaml', object: container('web', limits(there)) }],
        }),
      ],
    }),
  ]
  const outcome = (here: number | null, there: number | null) =>
    said('kubernetes-memory-limit', rendered(here, there)).map(({ outcome }) => outcome)

  it('are judged where they are alike', () => {
    expect(outcome(1, 2)).toEqual(['pass'])
    expect(outcome(null, null)).toEqual(['fail'])
  })

  it('are unknown where they differ, in either direction, with the environment', () => {
    expect(outcome(1, null)).toEqual(['unknown'])
    expect(outcome(null, 1)).toEqual(['unknown'])
    expect(said('kubernetes-memory-limit', rendered(1, null))).toMatchObject([
      {
        reason: 'the environments differ: the answer is different for values-prod.yaml',
        question: sharedQuestions()['environments-differ'],
      },
    ])
  })
})
