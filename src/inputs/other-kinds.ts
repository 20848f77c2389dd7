/** Names what a YAML or JSON file is that no format reads, so that the report can say what was not looked at. */
import type { InputFile } from './format.js'
import { parseYaml } from './yaml.js'

/** First match counts; all patterns of a line must match. */
const KINDS: { name: string; path?: RegExp; patterns: RegExp[] }[] = [
  { name: 'GitHub workflow', path: /(^|\/)\.github\/workflows\//, patterns: [] },
  { name: 'Helm chart description', path: /(^|\/)Chart\.ya?ml$/, patterns: [/^name:/m] },
  { name: 'Helm values', path: /(^|\/)values[^/]*\.ya?ml$/, patterns: [] },
  { name: 'Docker Compose file', patterns: [/^services:/m, /^\s+(image|build):/m] },
  { name: 'GitHub workflow', patterns: [/^['"]?on['"]?:/m, /^jobs:/m] },
  { name: 'GitLab pipeline', path: /(^|\/)\.?gitlab-ci[^/]*\.ya?ml$/, patterns: [] },
  { name: 'Alertmanager configuration (read by a later version)', patterns: [/^route:/m, /^receivers:/m] },
  { name: 'Prometheus configuration (read by a later version)', patterns: [/^scrape_configs:/m] },
  { name: 'promtool unit tests (read by a later version)', patterns: [/^rule_files:/m, /^tests:/m] },
  { name: 'Prometheus rule file without rules', patterns: [/^['"]?groups['"]?:\s*(\[\]|$)/m] },
  { name: 'OpenAPI description', patterns: [/^\s*['"]?(openapi|swagger)['"]?:/m] },
  { name: 'Kustomize JSON patch', patterns: [/^- op:/m, /^\s+path:/m] },
  { name: 'Grafana dashboard', patterns: [/"panels"\s*:/, /"schemaVersion"\s*:/] },
  { name: 'Grafana provisioning', patterns: [/^apiVersion: \d/m, /^(datasources|providers|apps):/m] },
  { name: 'Loki configuration', patterns: [/^schema_config:/m] },
  { name: 'TypeScript configuration', patterns: [/"compilerOptions"\s*:/] },
  {
    name: 'configuration of a development tool',
    path: /(^|\/)(\.eslintrc|\.prettierrc|nodemon|turbo|nx|lerna|pnpm-workspace|jest\.config|components)\.(json|ya?ml)$/,
    patterns: [],
  },
]

const EMPTY = new Set(['', '---', '{}', '[]', 'null'])
const GENERIC = 'no known kind of evidence'
export const HELM_TEMPLATE = 'Helm template: render it with `helm template` and analyse the output'

/** Why a file that no format recognised is skipped. */
export function reasonForSkipping(file: InputFile): string {
  if (EMPTY.has(file.text.trim())) return 'empty'
  const kind = KINDS.find(
    ({ path, patterns }) =>
      (!path || path.test(file.path)) && patterns.every((pattern) => pattern.test(file.text)),
  )
  return kind ? `${GENERIC}: ${kind.name}` : GENERIC
}

const TEMPLATE_ACTION =
  /\{\{-?\s*(\.(Values|Release|Chart|Capabilities|Files|Template)\b|\$\.Values\b|(include|template|define|tpl|toYaml|if|else|range|with|end|printf|default|required)\b|\/\*)/

/** No mapping of a YAML file goes on at the start of a line with an action: neither block texts nor quoted ones reach there. */
const ACTION_AT_START = /^\{\{-?\s*(if|else|range|with|end|define|include|template)\b/m

/** Go template actions where YAML would have to stand; inside quotes and block texts they are ordinary YAML. */
export function isHelmTemplate(file: InputFile): boolean {
  if (file.extension === '.json' || !TEMPLATE_ACTION.test(file.text)) return false
  if (ACTION_AT_START.test(file.text)) return true
  return parseYaml(file).some(({ value }) => value === null || hasUnquotedAction(value, new Set()))
}

/** To YAML, a value such as `{{ .Values.replicas }}` is a mapping whose only key is a mapping. */
function hasUnquotedAction(value: unknown, seen: Set<unknown>): boolean {
  if (typeof value !== 'object' || value === null || seen.has(value)) return false
  seen.add(value)
  return Object.entries(value).some(
    ([key, below]) => /^\{ .*\}$/s.test(key) || hasUnquotedAction(below, seen),
  )
}
