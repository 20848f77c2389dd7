/** Names of environments. */

/** One key whatever letters a name is written in. */
export function environmentKey(environment: string): string {
  return environment.trim().toLowerCase()
}
