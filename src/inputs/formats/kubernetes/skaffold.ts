/** Skaffold configurations: the images that it builds. */
import type { SkaffoldConfig } from '../../../facts/skaffold.js'
import type { Field } from '../../field.js'

/** A profile may build images that the configuration itself does not. */
export function readSkaffold(object: Field): SkaffoldConfig[] {
  const builds = [object, ...object.get('profiles').items()].map((part) => part.get('build', 'artifacts'))
  const artifacts = builds.flatMap((list) =>
    list.items().flatMap((artifact) => {
      const image = artifact.get('image')
      const name = image.text()
      return name === null ? [] : [{ image: name, source: image.source }]
    }),
  )
  return [{ fact: 'skaffold', source: object.source, artifacts }]
}
