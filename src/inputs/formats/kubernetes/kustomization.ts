/** Kustomization files, and what they mean for the files they name as patches. */
import { dirname, join } from 'node:path/posix'
import type { Fact } from '../../../facts/fact.js'
import type { Kustomization } from '../../../facts/kubernetes.js'
import type { Field } from '../../field.js'
import type { Linking, ReadFile, Reading } from '../../format.js'

const PATCH_LISTS = ['patches', 'patchesStrategicMerge', 'patchesJson6902']

export function readKustomization(object: Field): Kustomization[] {
  const source = object.source
  const folder = dirname(source.path) === '.' ? '' : dirname(source.path)
  const named = PATCH_LISTS.flatMap((list) => object.get(list).items()).flatMap(patchFile)
  return [
    {
      fact: 'kustomization',
      source,
      folder,
      patches: [...new Set(named.map((file) => join(folder, file)))].sort(),
      images: namesIn(object.get('images')),
      replicas: namesIn(object.get('replicas')),
    },
  ]
}

/** Facts of patches become fragments: only the rendered overlay is a whole object. */
export function markPatches(files: ReadFile[]): Linking {
  const overlays = new Map<string, string>()
  for (const fact of files.flatMap((file) => file.reading.facts)) {
    if (fact.fact !== 'kustomization') continue
    for (const patch of fact.patches) overlays.set(patch, fact.folder || '.')
  }
  const revised = new Map<string, Reading>()
  for (const { path, reading } of files) {
    const folder = overlays.get(path)
    if (folder === undefined) continue
    const partial = `Kustomize patch, not a whole object: render the overlay with \`kustomize build ${folder}\` and analyse the output`
    revised.set(path, { facts: reading.facts.map(asFragment), problems: reading.problems, partial })
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

function asFragment(fact: Fact): Fact {
  return 'fragment' in fact ? { ...fact, fragment: true } : fact
}
