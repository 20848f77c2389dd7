/** Names what a YAML or JSON file is that no format reads, so that the report can say what was not looked at. */
import { otherKinds, type OtherKind } from '../knowledge/other-kinds.js'
import type { InputFile, Reading } from './format.js'

const EMPTY = new Set(['', '---', '{}', '[]', 'null'])
const NO_EVIDENCE = 'no known kind of evidence'

/** Why a file that no format recognised is not used. */
export function refusalOf(file: InputFile): Pick<Reading, 'skipped' | 'skippedAs' | 'failed'> {
  if (EMPTY.has(file.text.trim())) return { skipped: 'empty' }
  const kind = kindOf(file)
  if (!kind) return { skipped: NO_EVIDENCE, skippedAs: 'no-known-kind' }
  if (kind.meant) return { failed: kind.name }
  return { skipped: `${NO_EVIDENCE}: ${kind.name}`, skippedAs: 'no-known-kind' }
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
