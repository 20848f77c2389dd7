/** Tells templates of Helm from the YAML that they look like. */
import { looseDocuments } from '../knowledge/plain-yaml.js'
import type { InputFile } from './format.js'
import { YAML_FILES } from './extensions.js'

const HELM_TEMPLATE = 'Helm template: render it with `helm template` and analyse the output'
const OTHER_TEMPLATE = 'template of another tool: render it first and analyse the output'

const TEMPLATE_ACTION =
  /\{\{-?\s*(\.(Values|Release|Chart|Capabilities|Files|Template)\b|\$\.Values\b|(include|template|define|tpl|toYaml|if|else|range|with|end|printf|default|required)\b|\/\*)/

/** Those that only Helm has: conditions and loops stand in the texts of alerts as well, whose file may be broken for any reason. */
const HELM_ACTION =
  /\{\{-?\s*(\.(Values|Release|Chart|Capabilities|Files|Template)\b|\$\.Values\b|(include|template|define|tpl|toYaml|default|required)\b|\/\*)/
const ACTION_AS_VALUE = /^[ \t]*(?:-[ \t]+)?["']?[\w./-]+["']?:[ \t]+\{\{/m

/** No mapping of a YAML file goes on at the start of a line with an action: neither block texts nor quoted ones reach there. */
const ACTION_AT_START = /^\{\{-?\s*(if|else|range|with|end|define|include|template)\b/m

/** A plain word as the whole value, or before a filter. Helm knows no such words but its own, of which these need no arguments. */
const FOREIGN_WORD =
  /\{\{-?\s*(?!(?:if|else|range|with|end|define|block|break|continue|true|false|nil|now|list|dict|tuple|uuidv4|fail)\b)[A-Za-z_][\w.]*\s*(?:\||-?\}\})/

/** In words, of what is left to be rendered; null for what is no template. What Helm renders has a leading dot, or its functions. */
export function unrenderedTemplate(file: InputFile): string | null {
  if (!isTemplate(file)) return null
  return !TEMPLATE_ACTION.test(file.text) && FOREIGN_WORD.test(file.text) ? OTHER_TEMPLATE : HELM_TEMPLATE
}

/** Go template actions where YAML would have to stand; inside quotes and block texts they are ordinary YAML. */
function isTemplate(file: InputFile): boolean {
  if (!YAML_FILES.includes(file.extension)) return false
  if (!TEMPLATE_ACTION.test(file.text)) return isOtherTemplate(file.text)
  if (ACTION_AT_START.test(file.text)) return true
  const documents = looseDocuments(file.text)
  return documents === null
    ? HELM_ACTION.test(file.text) || ACTION_AS_VALUE.test(file.text)
    : hasUnquotedAction(documents, new Set())
}

/** Other tools render the same templates with words of their own: `{{ .Cluster.Region }}`. A text that is no YAML may be anything. */
function isOtherTemplate(text: string): boolean {
  return ACTION_AS_VALUE.test(text) && hasUnquotedAction(looseDocuments(text), new Set())
}

/** To YAML, a value such as `{{ .Values.replicas }}` is a mapping whose only key is a mapping. */
function hasUnquotedAction(value: unknown, seen: Set<unknown>): boolean {
  if (typeof value !== 'object' || value === null || seen.has(value)) return false
  seen.add(value)
  return Object.entries(value).some(
    ([key, below]) => key === '[object Object]' || hasUnquotedAction(below, seen),
  )
}
