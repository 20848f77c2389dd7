/** Kustomization files, and what they mean for the files they name as patches. */
import { dirname, join } from 'node:path/posix'
import type { Fact } from '../../../facts/fact.js'
import type { Kustomization } from '../../../facts/kubernetes.js'
import type { Field } from '../../field.js'
import type { Linking, ReadFile, Reading } from '../../format.js'

/** Names of targets are patterns; without one all objects of the kind are meant. */
export const ANY_NAME = '.*'

const PATCH_LISTS = ['patches', 'patchesStrategicMerge', 'patchesJson6902']

export function readKustomization(object: Field): Kustomization[] {
  const source = object.source
  const folder = dirname(source.path) === '.' ? '' : dirname(source.path)
  const below = (files: string[]): string[] => [...new Set(files.map((file) => pathIn(folder, file)))].sort()
  return [
    {
      fact: 'kustomization',
      source,
      folder,
      isComponent: object.get('kind').value === 'Component',
      resources: below([...textsIn(object.get('resources')), ...textsIn(object.get('bases'))]),
      components: below(textsIn(object.get('components'))),
      patches: below(patchesIn(object).flatMap(patchFile)),
      patchTargets: targetsIn(object, folder),
      images: namesIn(object.get('images')),
      replicas: countsIn(object.get('replicas')),
      namespace: object.get('namespace').text() || null,
      namePrefix: object.get('namePrefix').text() ?? '',
      nameSuffix: object.get('nameSuffix').text() ?? '',
      podLabels: podLabelsOf(object),
    },
  ]
}

/** Entries of all its lists of patches. */
export function patchesIn(kustomization: Field): Field[] {
  return PATCH_LISTS.flatMap((list) => kustomization.get(list).items())
}

function targetsIn(object: Field, folder: string): Kustomization['patchTargets'] {
  return Object.fromEntries(
    patchesIn(object).flatMap((patch) => {
      const target = patch.get('target')
      const named = { kind: target.get('kind').text(), name: target.get('name').text() ?? ANY_NAME }
      return target.exists ? patchFile(patch).map((file) => [pathIn(folder, file), named]) : []
    }),
  )
}

/** A path as Kustomize reads it, relative to the root: `../base/` in `k8s/prod` is `k8s/base`. */
function pathIn(folder: string, path: string): string {
  const joined = join(folder, path).replace(/\/$/, '')
  return joined === '.' ? '' : joined
}

/** commonLabels reach selectors and pods; of `labels` only those that say so. */
function podLabelsOf(object: Field): Record<string, string> {
  const reaching = object
    .get('labels')
    .items()
    .filter(
      (labels) =>
        labels.get('includeSelectors').value === true || labels.get('includeTemplates').value === true,
    )
  return Object.assign(
    object.get('commonLabels').texts(),
    ...reaching.map((labels) => labels.get('pairs').texts()),
  ) as Record<string, string>
}

function textsIn(list: Field): string[] {
  return list.items().flatMap((item) => item.text() ?? [])
}

function countsIn(list: Field): Record<string, number | null> {
  return Object.fromEntries(
    list.items().flatMap((item) => {
      const name = item.get('name').text()
      return name === null ? [] : [[name, item.get('count').number()]]
    }),
  )
}

/** Facts of patches become fragments: only the rendered overlay is a whole object. */
export function markPatches(files: ReadFile[]): Linking {
  const overlays = new Map<string, Kustomization>()
  for (const fact of files.flatMap((file) => file.reading.facts)) {
    if (fact.fact !== 'kustomization') continue
    for (const patch of fact.patches) if (patch !== fact.source.path) overlays.set(patch, fact)
  }
  const revised = new Map<string, Reading>()
  for (const { path, reading } of files) {
    const overlay = overlays.get(path)
    if (overlay === undefined) continue
    const partial = `Kustomize patch, not a whole object: render the overlay with \`kustomize build ${overlay.folder || '.'}\` and analyse the output`
    const facts = reading.facts.map((fact) => asFragment(fact, overlay.patchTargets[path]))
    revised.set(path, { facts, problems: reading.problems, partial })
  }
  return { facts: [], problems: [], revised }
}

function namesIn(list: Field): string[] {
  return list
    .items()
    .flatMap((item) => item.get('name').text() ?? [])
    .sort()
}

/** A patch is a file name, a mapping with `path`, or written in place. */
function patchFile(patch: Field): string[] {
  const file = typeof patch.value === 'string' ? patch.value : patch.get('path').text()
  return file === null || file.includes('\n') ? [] : [file]
}

/** A target of its kind says which objects it is for, whatever the patch calls itself. */
function asFragment(fact: Fact, target: Kustomization['patchTargets'][string] | undefined): Fact {
  if (!('fragment' in fact)) return fact
  const isMeant = target !== undefined && (target.kind === null || target.kind === fact.kind)
  return { ...fact, fragment: true, ...(isMeant && { name: target.name }) }
}
