/** Names what a YAML or JSON file is that no format reads, so that the report can say what was not looked at. */
import { otherKinds, type OtherKind } from '../knowledge/other-kinds.js'
import { looseDocuments } from '../knowledge/plain-yaml.js'
import type { InputFile } from './format.js'

const EMPTY = new Set(['', '---', '{}', '[]', 'null'])
export const NO_EVIDENCE = 'no known kind of evidence'
export const HELM_TEMPLATE = 'Helm template: render it with `helm template` and analyse the output'

/** Why a file that no format recognised is not used. */
export function refusalOf(file: InputFile): { skipped: string } | { failed: string } {
  if (EMPTY.has(file.text.trim())) return { skipped: 'empty' }
  const kind = kindOf(file)
  if (!kind) return { skipped: NO_EVIDENCE }
  return kind.meant ? { failed: kind.name } : { skipped: `${NO_EVIDENCE}: ${kind.name}` }
}

/** Whether it is no evidence, and yet names the modules that are run. */
export function startsCode(file: InputFile): boolean {
  return kindOf(file)?.starts ?? false
}

function kindOf(file: InputFile): OtherKind | undefined {
  return otherKinds().find(
    ({ path, patterns }) =>
      (!path || path.test(file.path)) && patterns.every((pattern) => pattern.test(file.text)),
  )
}

const TEMPLATE_ACTION =
  /\{\{-?\s*(\.(Values|Release|Chart|Capabilities|Files|Template)\b|\$\.Values\b|(include|template|define|tpl|toYaml|if|else|range|with|end|printf|default|required)\b|\/\*)/

/** No mapping of a YAML file goes on at the start of a line with an action: neither block texts nor quoted ones reach there. */
const ACTION_AT_START = /^\{\{-?\s*(if|else|range|with|end|define|include|template)\b/m

/** What Helm renders manifests from; `{{ name }}` of a script is an object in JSX. */
const TEMPLATES = ['.yaml', '.yml']

/** Go template actions where YAML would have to stand; inside quotes and block texts they are ordinary YAML. */
export function isHelmTemplate(file: InputFile): boolean {
  if (!TEMPLATES.includes(file.extension) || !TEMPLATE_ACTION.test(file.text)) return false
  if (ACTION_AT_START.test(file.text)) return true
  const documents = looseDocuments(file.text)
  return documents === null || hasUnquotedAction(documents, new Set())
}

/** To YAML, a value such as `{{ .Values.replicas }}` is a mapping whose only key is a mapping. */
function hasUnquotedAction(value: unknown, seen: Set<unknown>): boolean {
  if (typeof value !== 'object' || value === null || seen.has(value)) return false
  seen.add(value)
  return Object.entries(value).some(
    ([key, below]) => key === '[object Object]' || hasUnquotedAction(below, seen),
  )
}
