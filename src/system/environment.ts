/** The environment variables that a workload gets: written out, or from ConfigMaps and Secrets. */
import type { ConfigData, EnvVariable, Workload } from '../facts/kubernetes.js'
import type { Manifests } from './manifests.js'

/** Every variable of its containers, with the value of the ConfigMap where it comes from one; of a name, the first counts. */
export function environmentOf(workload: Workload, manifests: Manifests): EnvVariable[] {
  return workload.containers.flatMap((container) => [
    ...container.env.map((variable) => ({
      ...variable,
      value: variable.value ?? (variable.from === null ? null : valueAt(variable.from, workload, manifests)),
    })),
    ...container.envFrom.flatMap(({ kind, name }) => {
      const config = manifests.config(kind, name, workload)
      return config ? variablesOf(config) : []
    }),
  ])
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
