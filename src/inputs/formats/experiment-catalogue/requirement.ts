/** A declared requirement as a fact. */
import type * as z from 'zod'
import type { Requirement } from '../../../facts/requirement.js'
import type { Source } from '../../../facts/source.js'
import type { requirementSchema } from './schema.js'

export function requirementOf(stated: z.infer<typeof requirementSchema>, source: Source): Requirement {
  const { id, title } = typeof stated === 'object' ? stated : { id: stated, title: undefined }
  return { fact: 'requirement', source, id: String(id), title: title ?? null }
}
