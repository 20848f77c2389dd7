/** Why a manifest alone does not say what will run, in words. */
import type { ManifestObject } from '../../facts/kubernetes.js'
import { formatSource, type Source } from '../../facts/source.js'
import type { Met } from './manifests.js'

export function patch({ path }: Pick<Source, 'path'>): string {
  return `${path} patches it: render the overlay and analyse the output`
}

/** `text`: the field with the placeholder, as written. */
export function filledIn(text: string): string {
  return `${text} is filled in before it is applied: analyse the output`
}

/** An image without a version whose name a kustomization of another part sets anew: it is one to be filled in. */
export function named({ path }: Source): string {
  return `${path} sets the image of this name: render the overlay that is deployed and analyse the output`
}

/** An image that Skaffold builds. */
export function built(source: Source): string {
  return `${formatSource(source)} builds it, and Skaffold sets the tag: run \`skaffold render\` and analyse the output`
}

/** An image without a version of its own that a pipeline writes. */
export function released(source: Source): string {
  return `${formatSource(source)} sets this image when it releases: analyse the manifests as they are applied`
}

/** An object that only some of the kustomizations or of the rendered environments bring along. */
export function addition({ object, addedBy }: Met<ManifestObject>): string {
  const named = `${object.kind} ${object.name} (${formatSource(object.source)})`
  if (object.onlyIn)
    return `only ${object.onlyIn.join(', ')} ${object.onlyIn.length === 1 ? 'has' : 'have'} ${named}`
  const folders = addedBy.map(({ folder }) => folder || 'the root').join(', ')
  return `only ${folders} adds ${named}: render the overlay and analyse the output`
}
