import { describe, expect, it } from 'vitest'
import type { Fact, FactKind, FactOf } from '../../../../src/facts/fact.js'
import type { Reading } from '../../../../src/inputs/format.js'
import kubernetes from '../../../../src/inputs/formats/kubernetes.js'

async function read(text: string): Promise<Reading> {
  return kubernetes.read(
    { path: 'k8s/app.yaml', text, extension: '.yaml', sha256: '' },
    { libraries: [], prefilter: true },
  )
}

function only<Kind extends FactKind>({ facts }: { facts: Fact[] }, kind: Kind): FactOf<Kind> {
  const found = facts.filter((fact): fact is FactOf<Kind> => fact.fact === kind)
  expect(found).toHaveLength(1)
  return found[0]!
}

const VIRTUAL_SERVICE = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders, shop.example.com]
  gateways: [mesh, istio-system/public]
  exportTo: ['.']
  http:
    - name: writing
      match:
        - { uri: { prefix: /orders }, method: { exact: POST } }
        - { method: { regex: ^(PUT|DELETE)$ } }
      timeout: 1m0.5s
      retries: { attempts: 2, perTryTimeout: 500ms, retryOn: '5xx, connect-failure,503' }
      route:
        - destination: { host: orders.shop.svc.cluster.local, subset: v2, port: { number: 80 } }
    - match: [{ headers: { x-test: { exact: 'true' } } }, { headers: { x-demo: { exact: 'true' } } }]
      fault:
        abort: { httpStatus: 503, percentage: { value: 12.5 } }
        delay: { fixedDelay: 7s, percent: 100 }
      route: [{ destination: { host: orders } }]
    - timeout: 0s
      fault: { abort: { grpcStatus: UNAVAILABLE } }
      route: [{ destination: { host: orders } }]
`

describe('VirtualService', () => {
  it('gives the rules of its HTTP routes, beside the entry point that a gateway makes of it', async () => {
    const reading = await read(VIRTUAL_SERVICE)
    expect(only(reading, 'entry-point').hosts).toEqual(['orders', 'shop.example.com'])
    const routes = only(reading, 'traffic-routes')
    expect(routes).toMatchObject({
      id: 'shop/VirtualService/orders',
      hosts: ['orders', 'shop.example.com'],
      byCallers: true,
      byGateways: true,
      isPrivate: true,
    })
    const [writing, marked, all] = routes.rules
    expect(writing).toMatchObject({
      label: 'writing',
      methods: ['DELETE', 'POST', 'PUT'],
      isMarked: false,
      timeoutSeconds: 60.5,
      perTrySeconds: 0.5,
      retries: { attempts: 2, on: ['5xx', 'connect-failure', '503'] },
      faults: [],
      destinations: [{ host: 'orders.shop.svc.cluster.local', subset: 'v2', port: 80 }],
    })
    expect(writing!.at['timeout']!.line).toBe(13)
    expect(marked).toMatchObject({
      label: 'rule 2',
      methods: null,
      isMarked: true,
      faults: [
        { effect: 'an abort with 503', percent: 12.5 },
        { effect: 'a delay of 7s', percent: 100 },
      ],
    })
    expect(all).toMatchObject({ isMarked: false, timeoutSeconds: null, retries: null, faults: [] })
  })

  it('is for the sidecars alone where it names no gateway', async () => {
    const reading = await read(VIRTUAL_SERVICE.replace(/ {2}gateways.*\n {2}exportTo.*\n/, ''))
    expect(reading.facts.map(({ fact }) => fact)).toEqual(['traffic-routes'])
    expect(only(reading, 'traffic-routes')).toMatchObject({
      byCallers: true,
      byGateways: false,
      isPrivate: false,
    })
  })

  it('names what is no duration, and takes retries without a number for switched off', async () => {
    const reading = await read(`apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders }
spec:
  hosts: orders
  http:
    - timeout: soon
      retries: { perTryTimeout: 1s }
      match: [{ method: { regex: 'P.*' } }]
`)
    expect(reading.problems.map(({ line, message }) => [line, message])).toEqual([
      [5, 'spec.hosts: expected a list, found the text "orders"'],
      [7, 'timeout: "soon" is no duration; write 30s, 5m or 1h'],
    ])
    expect(only(reading, 'traffic-routes').rules[0]).toMatchObject({
      timeoutSeconds: null,
      methods: null,
      retries: { attempts: 0, on: null },
    })
  })
})

describe('DestinationRule', () => {
  it('gives its outlier detection, limits and subsets as written', async () => {
    const reading = await read(`apiVersion: networking.istio.io/v1beta1
kind: DestinationRule
metadata: { name: orders }
spec:
  host: orders
  trafficPolicy:
    portLevelSettings: [{ port: { number: 80 } }]
    connectionPool: { tcp: { maxConnections: 100 }, http: { http1MaxPendingRequests: 10, maxRequestsPerConnection: 1 } }
    outlierDetection: { consecutiveErrors: 7, interval: 5s, baseEjectionTime: 1m, maxEjectionPercent: 50 }
    loadBalancer: { localityLbSetting: { failoverPriority: [topology.kubernetes.io/region] } }
  subsets:
    - { name: v1, labels: { version: v1 } }
    - { labels: { version: v2 } }
`)
    expect(only(reading, 'traffic-policies')).toMatchObject({
      host: 'orders',
      isPrivate: false,
      hasPortSettings: true,
      policy: {
        connectionPool: { limits: { maxConnections: 100, http1MaxPendingRequests: 10 } },
        outlierDetection: {
          consecutiveErrors: null,
          consecutiveGatewayErrors: 7,
          baseEjectionSeconds: 60,
          maxEjectionPercent: 50,
          minHealthPercent: null,
        },
        failover: { line: 10 },
      },
      subsets: [{ name: 'v1', labels: { version: 'v1' }, policy: null }],
    })
  })

  it('is one without settings when they are of a wrong type', async () => {
    const reading = await read(`apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: orders }
spec: { host: orders, trafficPolicy: { outlierDetection: { maxEjectionPercent: half } }, subsets: none }
`)
    expect(only(reading, 'traffic-policies').policy?.outlierDetection?.maxEjectionPercent).toBeNull()
    expect(reading.problems).toHaveLength(2)
  })
})

describe('routes of the Gateway API', () => {
  const ROUTE = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: orders, annotations: { timeout.linkerd.io/request: 3s } }
spec:
  parentRefs: [PARENT]
  hostnames: [shop.example.com]
  rules:
    - matches: [{ method: GET }, { method: HEAD }]
      timeouts: { request: 2s, backendRequest: 500ms }
      retry: { attempts: 3, codes: [503] }
      backendRefs: [{ name: orders, namespace: shop, port: 80 }, { kind: Bucket, name: assets }]
`

  it('at a gateway it is an entry point with rules for its host', async () => {
    const reading = await read(ROUTE.replace('PARENT', '{ name: public }'))
    expect(only(reading, 'entry-point').backends).toEqual([])
    expect(only(reading, 'traffic-routes')).toMatchObject({
      hosts: ['shop.example.com'],
      byCallers: false,
      byGateways: true,
      rules: [
        {
          methods: ['GET', 'HEAD'],
          timeoutSeconds: 3,
          perTrySeconds: 0.5,
          retries: { attempts: 3, on: ['503', 'connect-failure', 'reset'] },
          destinations: [{ host: 'orders.shop.svc.cluster.local', subset: null, port: 80 }],
        },
      ],
    })
  })

  it('at a Service it is for the proxies of callers, and no entry point', async () => {
    const reading = await read(ROUTE.replace('PARENT', '{ kind: Service, name: orders }'))
    expect(reading.facts.map(({ fact }) => fact)).toEqual(['traffic-routes'])
    expect(only(reading, 'traffic-routes')).toMatchObject({
      hosts: ['orders'],
      byCallers: true,
      byGateways: false,
    })
  })
})

describe('Linkerd', () => {
  const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: orders
  annotations:
    retry.linkerd.io/http: 5xx,429
    retry.linkerd.io/timeout: 400ms
    balancer.linkerd.io/failure-accrual: consecutive
    balancer.linkerd.io/failure-accrual-consecutive-max-failures: "3"
spec: { selector: { app: orders }, ports: [{ port: 80 }] }
`

  it('reads annotations of a Service, with one retry where no limit is written', async () => {
    const reading = await read(SERVICE)
    expect(only(reading, 'service').name).toBe('orders')
    expect(only(reading, 'traffic-routes')).toMatchObject({
      kind: 'Service',
      hosts: ['orders'],
      byCallers: true,
      rules: [
        {
          timeoutSeconds: null,
          perTrySeconds: 0.4,
          retries: { attempts: 1, on: ['answered 5xx', '429', 'slow-try'] },
        },
      ],
    })
    expect(only(reading, 'traffic-policies').policy?.outlierDetection).toMatchObject({
      consecutiveErrors: 3,
      baseEjectionSeconds: 1,
    })
  })

  it('says nothing of a Service without such annotations', async () => {
    const reading = await read(SERVICE.replace(/ {2}annotations:\n( {4}.*\n)+/, ''))
    expect(reading.facts.map(({ fact }) => fact)).toEqual(['service'])
  })

  it('reads a ServiceProfile, whose routes end only where a timeout is written', async () => {
    const reading = await read(`apiVersion: linkerd.io/v1alpha2
kind: ServiceProfile
metadata: { name: orders.shop.svc.cluster.local, namespace: shop }
spec:
  routes:
    - { name: reading, condition: { all: [{ method: GET }, { pathRegex: /orders }] }, isRetryable: true }
    - { condition: { pathRegex: /slow }, timeout: 30s }
`)
    expect(only(reading, 'traffic-routes')).toMatchObject({
      hosts: ['orders.shop.svc.cluster.local'],
      passesOthers: true,
      rules: [
        { label: 'reading', methods: ['GET'], timeoutSeconds: null, retries: { attempts: null } },
        { label: 'rule 2', methods: null, timeoutSeconds: 30, retries: null },
      ],
    })
  })
})

describe('ingress-nginx', () => {
  const INGRESS = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  annotations:
    nginx.ingress.kubernetes.io/proxy-next-upstream: "error timeout http_502 non_idempotent"
    nginx.ingress.kubernetes.io/proxy-next-upstream-tries: "0"
spec: { defaultBackend: { service: { name: shop, port: { number: 80 } } } }
`

  it('repeats what it is asked to, with its own limit of a read where none is written', async () => {
    expect(only(await read(INGRESS), 'traffic-routes')).toMatchObject({
      byGateways: true,
      rules: [
        {
          methods: ['POST', 'PATCH', 'LOCK'],
          perTrySeconds: 60,
          retries: { attempts: null, on: ['error', 'timeout', '502', 'non_idempotent'] },
        },
      ],
    })
  })

  it('keeps only the bound of a try where nothing is written of retries', async () => {
    const text = INGRESS.replace(/ {4}nginx.*\n/g, '').replace(
      'annotations:\n',
      'annotations: { nginx.ingress.kubernetes.io/proxy-read-timeout: "120" }\n',
    )
    const [rule] = only(await read(text), 'traffic-routes').rules
    expect(rule).toMatchObject({ perTrySeconds: 120, retries: null })
  })

  it('is silent of an Ingress without such annotations', async () => {
    const reading = await read(INGRESS.replace(/ {2}annotations:\n( {4}.*\n)+/, ''))
    expect(reading.facts.map(({ fact }) => fact)).toEqual(['entry-point'])
  })
})

describe('Namespace', () => {
  it('keeps the labels and annotations that switch a proxy on', async () => {
    const reading = await read(`apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled }, annotations: { linkerd.io/inject: disabled } }
`)
    expect(only(reading, 'namespace')).toMatchObject({
      name: 'shop',
      labels: { 'istio-injection': 'enabled' },
      annotations: { 'linkerd.io/inject': 'disabled' },
    })
  })
})
