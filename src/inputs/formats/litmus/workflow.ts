/** Litmus runs its engines from workflows of Argo, in which each stands as a text. */
import type { Field } from '../../field.js'

export interface Embedded {
  object: Field
  /** The workflow around it, with its schedule. */
  workflow: { name: string; cron: string | null } | null
}

/** Names that Argo fills in are left to it: `{{workflow.parameters.namespace}}`. */
export function embeddedIn(
  object: Field,
  group: string,
  parse: (at: Field, text: string) => Field[],
): Embedded[] {
  const spec = object.get('spec')
  const isWorkflow = spec.get('templates').exists || spec.get('workflowSpec', 'templates').exists
  if (!isWorkflow) return []
  const templates = [...spec.get('templates').items(), ...spec.get('workflowSpec', 'templates').items()]
  const metadata = object.get('metadata')
  const workflow = {
    name: (metadata.get('name').text() ?? metadata.get('generateName').text() ?? '').replace(/-$/, ''),
    cron: spec.get('schedule').text(),
  }
  return templates
    .flatMap((template) => template.get('inputs', 'artifacts').items())
    .map((artifact) => artifact.get('raw', 'data'))
    .flatMap((data) => {
      const { value } = data
      return typeof value === 'string' && value.includes(group) ? parse(data, value) : []
    })
    .map((embedded) => ({ object: embedded, workflow }))
}
