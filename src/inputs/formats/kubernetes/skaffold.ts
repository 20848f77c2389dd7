/** Skaffold configurations: the images that it builds. */
import { dirname, join } from 'node:path/posix'
import type { SkaffoldConfig } from '../../../facts/skaffold.js'
import type { Field } from '../../field.js'

/** A profile may build images that the configuration itself does not. */
export function readSkaffold(object: Field): SkaffoldConfig[] {
  const parts = [object, ...object.get('profiles').items()]
  const artifacts = parts.flatMap((part) =>
    part
      .get('build', 'artifacts')
      .items()
      .flatMap((artifact) => {
        const image = artifact.get('image')
        const name = image.text()
        return name === null ? [] : [{ image: name, source: image.source }]
      }),
  )
  const manifests = parts.flatMap((part) => [
    ...part.get('manifests', 'rawYaml').items(),
    ...part.get('deploy', 'kubectl', 'manifests').items(),
  ])
  const folder = dirname(object.source.path)
  const deploys = manifests.flatMap((pattern) => {
    const written = pattern.text()
    return written === null ? [] : [join(folder, written)]
  })
  return [{ fact: 'skaffold', source: object.source, artifacts, deploys }]
}
