/** What `kubectl describe` prints looks like YAML and is none: keys repeat, and lists have no marks. */

const API_VERSION = /^[ \t]*API Version:[ \t]+litmuschaos\.io\//m
const KIND = /^[ \t]*Kind:[ \t]+(Chaos(?:Result|Engine|Experiment))\b/m
const NAME = /^[ \t]*Name:[ \t]+(\S+)/m
const NAMESPACE = /^[ \t]*Namespace:[ \t]+(\S+)/m

/** Why it is not read, with the command that prints the same in a form that can be; null for anything else. */
export function describedObject(text: string): string | null {
  if (!text.includes('API Version:') || !API_VERSION.test(text)) return null
  const kind = KIND.exec(text)?.[1]?.toLowerCase() ?? 'chaosresult'
  const [name, namespace] = [NAME.exec(text)?.[1] ?? 'NAME', NAMESPACE.exec(text)?.[1] ?? 'default']
  return `output of kubectl describe, which is no YAML; export it with \`kubectl get ${kind} ${name} -n ${namespace} -o yaml\``
}
