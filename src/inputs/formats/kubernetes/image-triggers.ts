/** Containers whose image OpenShift sets when a new one is built: by triggers of a DeploymentConfig, or by an annotation. */
import type { Field } from '../../field.js'

const ANNOTATION = 'image.openshift.io/triggers'

/** Names of containers. */
export function readImageTriggers(object: Field): string[] {
  const triggers = object.get('spec', 'triggers').items()
  const named = triggers.flatMap((trigger) => trigger.get('imageChangeParams', 'containerNames').items())
  const annotation = object.get('metadata', 'annotations').texts()[ANNOTATION] ?? ''
  // A text of JSON: [{"fieldPath": "spec.template.spec.containers[?(@.name==\"web\")].image"}].
  const pointed = [...annotation.matchAll(/@\.name\s*==\s*\\?["']([^"'\\]+)/g)].map((match) => match[1]!)
  return [...new Set([...named.flatMap((name) => name.text() ?? []), ...pointed])]
}
