/** Why the system does not let us read a file or folder, and what to do. */

const REPLACEMENT = '\uFFFD'

export function unreadable(path: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  const advice = path.includes(REPLACEMENT)
    ? 'its name is not valid UTF-8; rename it'
    : 'check that it exists and is readable'
  return `cannot be read (${code}): ${advice}`
}
