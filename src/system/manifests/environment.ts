/** The environment variables that a workload gets: written out, or from ConfigMaps and Secrets. */
import type { ConfigData, Container, EnvVariable, Workload } from '../../facts/kubernetes.js'
import type { Manifests } from './manifests.js'

/** Every variable of its containers, with the value of the ConfigMap where it comes from one; of a name, the first counts. */
export function environmentOf(workload: Workload, manifests: Manifests): EnvVariable[] {
  return workload.containers.flatMap((container) => [
    ...writtenIn(container, workload, manifests),
    ...takenWholeBy(container, workload, manifests).flatMap(variablesOf),
  ])
}

/** Variables that are meant for this workload: of a ConfigMap that several take whole, nobody knows who uses what. */
export function ownEnvironmentOf(workload: Workload, manifests: Manifests): EnvVariable[] {
  return workload.containers.flatMap((container) => [
    ...writtenIn(container, workload, manifests),
    ...takenWholeBy(container, workload, manifests)
      .filter((config) => !isShared(config, workload, manifests))
      .flatMap(variablesOf),
  ])
}

function writtenIn({ env }: Container, workload: Workload, manifests: Manifests): EnvVariable[] {
  return env.map((variable) => ({
    ...variable,
    value: variable.value ?? (variable.from === null ? null : valueAt(variable.from, workload, manifests)),
  }))
}

function takenWholeBy({ envFrom }: Container, workload: Workload, manifests: Manifests): ConfigData[] {
  return envFrom.flatMap(({ kind, name }) => manifests.config(kind, name, workload) ?? [])
}

function isShared({ kind, name }: ConfigData, workload: Workload, manifests: Manifests): boolean {
  const takers = manifests.objects.takers.get(`${kind}/${name}`) ?? new Set()
  return takers.size > (takers.has(workload.name) ? 1 : 0)
}

function variablesOf(config: ConfigData): EnvVariable[] {
  return config.keys.map((key) => ({
    name: key,
    value: valueIn(config, key),
    from: `${config.kind}/${config.name}/${key}`,
    source: config.at[key] ?? config.source,
  }))
}

function valueAt(reference: string, workload: Workload, manifests: Manifests): string | null {
  const [kind, name, key] = reference.split('/') as [ConfigData['kind'], string, string?]
  const config = manifests.config(kind, name, workload)
  return config && key !== undefined ? valueIn(config, key) : null
}

function valueIn({ values }: ConfigData, key: string): string | null {
  return Object.hasOwn(values, key) ? (values[key] ?? null) : null
}
