/** Labels by which Chaos Mesh says what an object was made for. */
export const WORKFLOW_LABEL = 'chaos-mesh.org/workflow'
export const NODE_LABEL = 'chaos-mesh.org/controlled-by'
export const SCHEDULE_LABEL = 'managed-by'

/** Names of nodes are those of their templates with five random characters. */
const RANDOM_END = /-[a-z0-9]{5}$/

/** Id of the definition that an object comes from; null when it was not made by one. */
export function definitionBehind(labels: Record<string, string>): string | null {
  const [workflow, node, schedule] = [labels[WORKFLOW_LABEL], labels[NODE_LABEL], labels[SCHEDULE_LABEL]]
  if (workflow !== undefined)
    return node === undefined ? workflow : `${workflow}/${node.replace(RANDOM_END, '')}`
  return schedule ?? null
}
