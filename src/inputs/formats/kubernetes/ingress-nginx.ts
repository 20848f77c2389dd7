/** What ingress-nginx does to the traffic of an Ingress, by its annotations. */
import type { RouteRetries, TrafficRoutes } from '../../../facts/mesh.js'
import { meshKnowledge } from '../../../knowledge/manifests/mesh.js'
import type { Field } from '../../field.js'
import { manifestObject, placesOf } from './object.js'

const SETTINGS = ['proxy-read-timeout', 'proxy-next-upstream', 'proxy-next-upstream-tries']

/** Nothing where no annotation speaks of timeouts or of passing on to the next instance. */
export function readTrafficOfIngress(object: Field): TrafficRoutes[] {
  const annotations = object.get('metadata', 'annotations')
  const { ingressNginx, repeatableMethods } = meshKnowledge()
  const { prefix, readSeconds, unsafeCondition, unsafeMethods } = ingressNginx
  const [read, next, tries] = SETTINGS.map((name) => annotations.get(`${prefix}${name}`)) as [
    Field,
    Field,
    Field,
  ]
  if (![read, next, tries].some(({ exists }) => exists)) return []
  const retries = retriesOf(annotations, next, tries)
  const repeatsAll = retries?.on?.includes(unsafeCondition)
  return [
    {
      ...manifestObject(object, 'Ingress'),
      fact: 'traffic-routes',
      at: placesOf({ annotations }),
      hosts: [],
      byCallers: false,
      byGateways: true,
      isPrivate: false,
      rules: [
        {
          source: annotations.source,
          at: placesOf({ perTryTimeout: read, retries: next }),
          label: 'its annotations',
          // Those that its retries are for: without being asked to, it repeats only what may be repeated.
          methods: repeatsAll ? unsafeMethods : repeatableMethods,
          isMarked: false,
          destinations: [],
          timeoutSeconds: null,
          perTrySeconds: read.seconds() ?? readSeconds,
          retries,
          faults: [],
        },
      ],
    },
  ]
}

/** `error timeout http_502 non_idempotent`; 0 tries: as many as there are instances. */
function retriesOf(annotations: Field, next: Field, tries: Field): RouteRetries | null {
  const { ingressNginx } = meshKnowledge()
  const written = next
    .text()
    ?.split(/\s+/)
    .filter((word) => word !== '')
  // What it does unasked is nobody's decision about this traffic.
  if ((!next.exists && !tries.exists) || written?.includes('off')) return null
  const most = Number(tries.text() ?? ingressNginx.tries)
  return {
    source: next.exists ? next.source : annotations.source,
    attempts: Number.isInteger(most) && most > 0 ? most - 1 : null,
    on: (written ?? ingressNginx.conditions).map((word) => word.replace(/^http_/, '')),
  }
}
