/** Kustomization files, and what they mean for the files they name as patches. */
import { basename, dirname, join } from 'node:path/posix'
import type { Kustomization, PatchTarget } from '../../../facts/kubernetes.js'
import type { Field } from '../../field.js'

/** Names of targets are patterns; without one all objects of the kind are meant. */
const ANY_NAME = '.*'

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
      labels: labelsOf(object),
      generates: [...generatedBy(object, 'ConfigMap'), ...generatedBy(object, 'Secret')],
    },
  ]
}

/** Entries of all its lists of patches. */
export function patchesIn(kustomization: Field): Field[] {
  return PATCH_LISTS.flatMap((list) => kustomization.get(list).items())
}

/** A file may be listed several times, each time for other objects. */
function targetsIn(object: Field, folder: string): Kustomization['patchTargets'] {
  const targets: Kustomization['patchTargets'] = Object.create(null) as Kustomization['patchTargets']
  for (const patch of patchesIn(object)) {
    const target = targetOf(patch)
    if (target) for (const file of patchFile(patch)) (targets[pathIn(folder, file)] ??= []).push(target)
  }
  return targets
}

/** Null for a patch that says itself what it is for. */
export function targetOf(patch: Field): PatchTarget | null {
  const target = patch.get('target')
  return target.exists
    ? { kind: target.get('kind').text(), name: target.get('name').text() ?? ANY_NAME }
    : null
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

/** What every object of it gets. */
function labelsOf(object: Field): Record<string, string> {
  const pairs = object
    .get('labels')
    .items()
    .map((labels) => labels.get('pairs').texts())
  return Object.assign(object.get('commonLabels').texts(), ...pairs) as Record<string, string>
}

/** Keys of a file of variables are not known here. */
function generatedBy(object: Field, kind: 'ConfigMap' | 'Secret'): Kustomization['generates'] {
  return object
    .get(kind === 'ConfigMap' ? 'configMapGenerator' : 'secretGenerator')
    .items()
    .flatMap((generator) => {
      const name = generator.get('name').text()
      const isOpen = generator.get('envs').exists || generator.get('env').exists
      const literals = textsIn(generator.get('literals')).map((literal) => literal.split('=', 1)[0]!)
      const files = textsIn(generator.get('files')).map((file) =>
        file.includes('=') ? file.split('=', 1)[0]! : basename(file),
      )
      return name === null ? [] : [{ kind, name, keys: isOpen ? null : [...literals, ...files] }]
    })
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
