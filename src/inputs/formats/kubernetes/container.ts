/** Containers of a pod. */
import type { Container, EnvVariable } from '../../../facts/kubernetes.js'
import { parseQuantity } from '../../../facts/units.js'
import type { Field } from '../../field.js'
import { placeholderIn } from '../../promql/placeholders.js'
import { readPreStop } from './lifecycle.js'
import { placesOf } from './object.js'
import { markedValue, unreadNumbers } from './placeholders.js'
import { PROBE_NUMBERS, readProbe, type DeclaredPort } from './probe.js'

export function readContainer(container: Field): Container {
  const resources = container.get('resources')
  const ports = container.get('ports').items().map(readPort)
  const [readiness, liveness, startup] = ['readinessProbe', 'livenessProbe', 'startupProbe'].map((name) =>
    container.get(name),
  ) as [Field, Field, Field]
  const preStop = container.get('lifecycle', 'preStop')
  const placeholders = {
    ...unreadProbes({ readiness, liveness, startup }),
    ...unreadImage(container.get('image')),
    ...unreadResources(resources),
  }
  return {
    name: container.get('name').text() ?? '',
    source: container.source,
    at: placesOf({
      image: container.get('image'),
      resources,
      // What is missing stands there as well: a rule about one of them points at all of them.
      cpuRequest: resources,
      memoryRequest: resources,
      memoryLimit: resources,
      requests: resources.get('requests'),
      limits: resources.get('limits'),
      ports: container.get('ports'),
      readiness,
      liveness,
      startup,
      preStop,
      env: container.get('env'),
      envFrom: container.get('envFrom'),
      command: container.get('command'),
      args: container.get('args'),
    }),
    image: container.get('image').text(),
    command: wordsOf(container),
    requests: quantitiesOf(resources.get('requests')),
    limits: quantitiesOf(resources.get('limits')),
    ports: container.get('ports').items().flatMap(declaredPort),
    readiness: readProbe(readiness, ports),
    liveness: readProbe(liveness, ports),
    startup: readProbe(startup, ports),
    preStop: readPreStop(preStop),
    writes: container.get('volumeMounts').items().flatMap(writableVolume),
    limitsEphemeralStorage: resources.get('limits', 'ephemeral-storage').exists,
    env: container.get('env').items().flatMap(readVariable),
    envFrom: container.get('envFrom').items().flatMap(readEnvFrom),
    ...(Object.keys(placeholders).length > 0 && { placeholders }),
  }
}

/** Characters that no reference of an image may have. */
const FOREIGN = /[^\w.:@-]/

/** Of an image whose name or tag is filled in (`${IMAGE}`, `api:<version>`, `api #tag`); a registry that is, says nothing of them. */
function unreadImage(field: Field): Record<string, string> {
  const image = field.text()
  const name = image?.replace(/^.*\//, '') ?? ''
  if (FOREIGN.test(name)) return { image: `image ${image}` }
  const marked = /[:@]/.test(name) ? null : markedValue(field, 'image')
  return marked === null ? {} : { image: marked }
}

/** Of amounts that are filled in: a limit stands for a request that is not written. */
function unreadResources(resources: Field): Record<string, string> {
  const parts = {
    cpuRequest: [resources.get('requests', 'cpu'), resources.get('limits', 'cpu')],
    memoryRequest: [resources.get('requests', 'memory'), resources.get('limits', 'memory')],
    memoryLimit: [resources.get('limits', 'memory')],
  }
  return Object.fromEntries(
    Object.entries(parts).flatMap(([part, fields]) => {
      const open = fields.find(isFilledIn)
      return open ? [[part, `${open.path.at(-1)} ${open.text()}`] as const] : []
    }),
  )
}

function isFilledIn({ value }: Field): boolean {
  return typeof value === 'string' && placeholderIn(value, 'anywhere') !== null
}

/** Of each probe the first number that is a placeholder. */
function unreadProbes(probes: Record<string, Field>): Record<string, string> {
  const all = Object.entries(probes).flatMap(([kind, probe]) => {
    const [first] = Object.values(
      unreadNumbers(Object.fromEntries(PROBE_NUMBERS.map((name) => [name, probe.get(name)]))),
    )
    return first === undefined ? [] : [[kind, first] as const]
  })
  return Object.fromEntries(all)
}

export function wordsOf(container: Field): string[] {
  return [...container.get('command').items(), ...container.get('args').items()].flatMap(
    (word) => word.text() ?? [],
  )
}

function readPort(port: Field): DeclaredPort {
  return { name: port.get('name').text(), port: port.get('containerPort').number() }
}

function declaredPort(field: Field): Container['ports'] {
  const { name, port } = readPort(field)
  const protocol = field.get('protocol').text() ?? 'TCP'
  return port === null ? [] : [{ name, port, ...(protocol !== 'TCP' && { protocol }) }]
}

function quantitiesOf(resources: Field): Container['requests'] {
  return { cpu: quantityOf(resources.get('cpu')), memory: quantityOf(resources.get('memory')) }
}

/** The API server fills in requests from limits, but a missing request is still a choice nobody wrote down. */
function quantityOf(field: Field): number | null {
  const text = field.text()
  if (text === null) return null
  const quantity = parseQuantity(text)
  if (quantity === null && !isFilledIn(field))
    field.problem(`${field.path.join('.')}: "${text}" is not a quantity; write 500m, 128Mi or a number`)
  return quantity
}

function writableVolume(mount: Field): Container['writes'] {
  const volume = mount.get('name').text()
  const folder = mount.get('mountPath').text() ?? ''
  return volume === null || mount.get('readOnly').value === true ? [] : [{ volume, folder }]
}

export function readVariable(variable: Field): EnvVariable[] {
  const name = variable.get('name').text()
  if (name === null) return []
  return [
    {
      name,
      value: variable.get('value').text(),
      from: referenceOf(variable.get('valueFrom')),
      source: variable.source,
    },
  ]
}

function referenceOf(valueFrom: Field): string | null {
  const references = [
    { kind: 'ConfigMap', reference: valueFrom.get('configMapKeyRef') },
    { kind: 'Secret', reference: valueFrom.get('secretKeyRef') },
  ]
  const found = references.find(({ reference }) => reference.exists)
  return found
    ? `${found.kind}/${found.reference.get('name').text() ?? ''}/${found.reference.get('key').text() ?? ''}`
    : null
}

function readEnvFrom(from: Field): Container['envFrom'] {
  const [config, secret] = [from.get('configMapRef', 'name').text(), from.get('secretRef', 'name').text()]
  return [
    ...(config === null ? [] : [{ kind: 'ConfigMap' as const, name: config }]),
    ...(secret === null ? [] : [{ kind: 'Secret' as const, name: secret }]),
  ]
}
