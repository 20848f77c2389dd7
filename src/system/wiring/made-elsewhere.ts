/** Objects that no manifest shows, because something else makes them: the cluster itself, operators, charts, templates. */
import type { CustomObject } from '../../facts/custom-object.js'
import { formatSource } from '../../facts/source.js'
import { clusterComponents } from '../../knowledge/manifests/cluster-components.js'
import { folderOf } from '../manifests/folders.js'
import type { Placed } from '../manifests/kustomize.js'
import type { Manifests } from '../manifests/manifests.js'
import { unreadFile } from '../manifests/unread-templates.js'

/** In words, what may make pods with these labels; null where nothing speaks for it. */
export function unseenPods(
  labels: Record<string, string>,
  from: Placed,
  manifests: Manifests,
): string | null {
  const asked = Object.entries(labels)
  const { podLabels } = clusterComponents()
  const own = asked.find(([label, value]) => ownValue(podLabels, label)?.includes(value))
  if (own) return `pods of Kubernetes itself have the label ${own.join(': ')}, and appear in no manifest`
  return (
    byOperator(asked, manifests) ??
    unreadSaying(Object.values(labels), WORKLOADS, manifests) ??
    unreadBeside(from, manifests) ??
    byMissingChart(from, manifests) ??
    installed([], from, manifests) ??
    inForeignNamespace(asked, from, manifests)
  )
}

/** Nothing of the files runs there, and no pod of theirs has one of the labels: it is for what others install. */
function inForeignNamespace(
  asked: [string, string][],
  from: Placed,
  { kustomizations, pods }: Manifests,
): string | null {
  const namespaces = kustomizations.namespacesOf(from)
  const isOwn =
    namespaces.some((namespace) => pods.areIn(namespace)) ||
    asked.some(([label, value]) => pods.anyHas(label, value))
  if (namespaces.length === 0 || isOwn) return null
  return `no workload among the files is in the namespace ${namespaces.join(' or ')}`
}

/** Where workloads among the files have the label as well, it is theirs. */
function byOperator(asked: [string, string][], { pods }: Manifests): string | null {
  const { madeLabels } = clusterComponents()
  for (const [label, value] of asked) {
    const kind = ownValue(madeLabels, label) ?? ownValue(madeLabels, `${label}=${value}`)
    if (kind !== undefined && !pods.anyHas(label, value))
      return `an operator gives pods that it creates from a ${kind} the label ${label}: ${value}`
  }
  return null
}

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Pod', 'Job', 'CronJob']

/** In words, what may make a Service of this name; null where nothing speaks for it. */
export function unseenService(name: string, from: Placed, manifests: Manifests): string | null {
  if (clusterComponents().services.includes(name)) return `a Service ${name} is created by a controller`
  const maker = manifests.met(
    from,
    manifests.objects.customs.filter((one) => isCalledAfter(name, one)),
  )[0]
  if (maker) return `${nameOf(maker.object)} may create a Service ${name}`
  return (
    unreadSaying([name], ['Service'], manifests) ??
    unreadBeside(from, manifests) ??
    byMissingChart(from, manifests) ??
    installed([name], from, manifests)
  )
}

/** Operators and charts call what they make after the object: `orders-kafka-bootstrap`. */
function isCalledAfter(name: string, object: { name: string }): boolean {
  return object.name !== '' && (name === object.name || name.startsWith(`${object.name}-`))
}

/** Something of which a tool makes whole sets of objects: in the same folder or namespace, or called so. */
function installed(names: string[], from: Placed, { customs, kustomizations }: Manifests): string | null {
  const [folder, namespaces] = [folderOf(from.source.path), kustomizations.namespacesOf(from)]
  const installer = customs.installers.find(
    (one) =>
      folderOf(one.source.path) === folder ||
      kustomizations.namespacesOf(one).some((namespace) => namespaces.includes(namespace)) ||
      names.some((name) => isCalledAfter(name, one)),
  )
  return installer ? `${nameOf(installer)} installs what is not among the files` : null
}

export function unreadBeside(from: Placed, { unread }: Manifests): string | null {
  const template = unread.beside(from)
  return template ? unreadFile(template, 'belongs to') : null
}

/** Templates of a chart stand beside what the charts make on which it depends. */
function byMissingChart({ source }: Placed, { objects }: Manifests): string | null {
  const chart = objects.missingCharts.find(({ folder }) =>
    source.path.startsWith(folder === '' ? 'templates/' : `${folder}/templates/`),
  )
  return chart
    ? `${chart.names.join(', ')} may create it, on which the chart depends (${formatSource(chart.source)})`
    : null
}

function unreadSaying(words: string[], kinds: readonly string[], { unread }: Manifests): string | null {
  const template = unread.saying(words, kinds)
  return template ? unreadFile(template, 'may create') : null
}

function nameOf({ kind, name, source }: CustomObject): string {
  return `${kind} ${name} (${formatSource(source)})`
}

function ownValue<T>(record: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}
