/** How many connections a database permits: as its container, its environment or its configuration says, else by default. */
import type { Container, Workload } from '../../facts/kubernetes.js'
import { formatSource, type Source } from '../../facts/source.js'
import { databaseLimits, type DatabaseLimit } from '../../knowledge/database-limits.js'
import type { Component } from '../component.js'
import { environmentOf } from '../manifests/environment.js'
import { imageName, imageRepository } from '../manifests/images.js'
import type { Manifests } from '../manifests/manifests.js'
import { runsOn } from '../workloads.js'

export interface ConnectionLimit {
  /** For ordinary clients; null where it is not known. */
  permitted: number | null
  /** In words: where the number comes from, or why there is none. */
  reason: string
  source: Source | null
}

export function connectionLimitOf(database: Component, manifests: Manifests): ConnectionLimit {
  const unknown = (reason: string, source: Source | null = null): ConnectionLimit => ({
    permitted: null,
    reason,
    source,
  })
  const workloads = database.workloads.filter(runsOn)
  const [workload] = workloads
  if (!workload) return unknown('its manifests are not among the files')
  const found = databaseIn(workload)
  if (!found) return unknown(`how many connections its image permits is not known`, workload.source)
  if (workloads.some(({ replicas }) => (replicas ?? 1) > 1))
    return unknown(
      'it runs several instances, and which of them accepts the connections was not seen',
      workload.source,
    )
  if (manifests.patchesOf(workload).some(({ containers }) => containers.some(setsArguments)))
    return unknown('an overlay patches its arguments or environment', workload.source)
  return limitOf(found.container, workload, found.kind, manifests)
}

/** A container that is called like the database comes before one whose name only begins so. */
function databaseIn({ containers }: Workload): { container: Container; kind: DatabaseLimit } | undefined {
  const { databases, helpers } = databaseLimits()
  const found = containers.flatMap((container) => {
    const name = imageName(container.image) ?? ''
    const isHelper = helpers.some((helper) => name.endsWith(`-${helper}`))
    const kind = databases.find(({ images }) =>
      images.some((known) => name === known || (name.startsWith(`${known}-`) && !isHelper)),
    )
    return kind ? [{ container, kind, isExact: kind.images.includes(name) }] : []
  })
  return found.find(({ isExact }) => isExact) ?? found[0]
}

/** Whether the image keeps the database's defaults: the official one, under whatever registry, or that of a known publisher. */
function keepsDefaults({ image }: Container): boolean {
  const [host, ...others] = imageRepository(image)?.split('/') ?? []
  const isHost = host !== undefined && others.length > 0 && /[.:]|^localhost$/.test(host)
  const publisher = (isHost ? others : [host, ...others]).at(-2)
  return publisher === undefined || databaseLimits().publishers.includes(publisher)
}

function setsArguments({ at }: Container): boolean {
  return ['command', 'args', 'env', 'envFrom'].some((part) => part in at)
}

function limitOf(
  container: Container,
  workload: Workload,
  kind: DatabaseLimit,
  manifests: Manifests,
): ConnectionLimit {
  const texts = settingTexts(container, workload, kind, manifests)
  const written = numberIn(texts, kind.settings, kind.flags)
  const unseen = written ? null : unseenConfiguration(texts, container, workload, kind, manifests)
  if (unseen !== null) return { permitted: null, reason: unseen, source: container.source }
  const source = written?.source ?? container.source
  const limit = written?.value ?? kind.limit
  const setting = kind.settings[0]!
  const reason = written
    ? `${setting} ${limit}, ${formatSource(source)}`
    : `${setting} ${limit}, the default of ${kind.title}`
  if (!kind.reserved) return { permitted: limit, reason, source }
  const reserved = numberIn(texts, kind.reserved.settings, [])?.value ?? kind.reserved.count
  return {
    permitted: limit - reserved,
    reason: `${reason}, less ${reserved} for ${kind.reserved.for}`,
    source,
  }
}

interface SettingText {
  text: string
  source: Source
}

/** Its arguments, the variables that well-known images read, and the files of the ConfigMaps that it mounts. */
function settingTexts(
  container: Container,
  workload: Workload,
  { variables, settings }: DatabaseLimit,
  manifests: Manifests,
): SettingText[] {
  const environment = environmentOf(workload, manifests)
    .filter(({ name, value }) => variables.includes(name) && value !== null)
    .map(({ value, source }) => ({
      text: /^\d+$/.test(value!) ? `${settings[0]!}=${value!}` : value!,
      source,
    }))
  const files = mountedBy(workload).flatMap(({ name }) => {
    const config = manifests.config('ConfigMap', name, workload)
    return Object.entries(config?.values ?? {}).map(([key, text]) => ({
      text,
      source: config!.at[key] ?? config!.source,
    }))
  })
  const command = { text: container.command.join(' '), source: container.at['args'] ?? container.source }
  return [command, ...environment, ...files]
}

/** The last writing of a text counts, as in a file of settings; remarks do not. */
function numberIn(
  texts: SettingText[],
  settings: string[],
  flags: string[],
): { value: number; source: Source } | null {
  const names = settings.map((setting) => setting.replaceAll('_', '[_-]')).join('|')
  const short = flags.map((flag) => `|(?:^|\\s)${flag}\\s*`).join('')
  const pattern = new RegExp(
    `(?:(?:^|[\\s'"-])(?:-c)?(?:${names})(?:\\s*=\\s*|\\s+)${short})['"]?(\\d+)`,
    'gm',
  )
  for (const { text, source } of texts) {
    const last = [...text.replace(/^[ \t]*#.*$/gm, '').matchAll(pattern)].at(-1)
    if (last) return { value: Number(last[1]), source }
  }
  return null
}

/** Why its settings may stand where they were not read. */
function unseenConfiguration(
  texts: SettingText[],
  container: Container,
  workload: Workload,
  { configuration }: DatabaseLimit,
  manifests: Manifests,
): string | null {
  if (!keepsDefaults(container)) return `the image ${container.image} may set it`
  const names = configuration.map((name) => name.replaceAll('_', '[_-]')).join('|')
  const mounted = mountedBy(workload).map(({ name }) => manifests.config('ConfigMap', name, workload))
  const isNamed = configuration.length > 0 && new RegExp(names).test(texts[0]!.text)
  if (mounted.includes(undefined))
    return 'it mounts a ConfigMap that is not among the files, which may set it'
  return isNamed && mounted.length === 0 ? 'its configuration file is not among the files' : null
}

function mountedBy({ references }: Workload): Workload['references'] {
  const seen = new Map(
    references
      .filter(({ kind, isMounted }) => kind === 'ConfigMap' && isMounted)
      .map((reference) => [reference.name, reference]),
  )
  return [...seen.values()]
}
