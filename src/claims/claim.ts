/** What is said about one stated figure. */
import * as z from 'zod'

export const claimSchema = z.strictObject({
  /** 1-based, in the document as it is on disk. */
  line: z.int().positive(),
  /** What the document says there. */
  text: z.string(),
  /** The figure as it is written. */
  stated: z.string(),
  /** What the rest of the document gives for it; null when it gives nothing. */
  recomputed: z.string().nullable(),
  verdict: z.enum(['consistent', 'contradicted', 'unsupported']),
  /** How it was recomputed, in one line. */
  arithmetic: z.string(),
  /** What kind of figure it is. */
  kind: z.string(),
})

export const claimsSchema = z.strictObject({ document: z.string(), claims: z.array(claimSchema) })

export type Claim = z.infer<typeof claimSchema>
export type DocumentClaims = z.infer<typeof claimsSchema>

/** The order of every list of claims. */
export function compareClaims(a: Claim, b: Claim): number {
  return (
    a.line - b.line ||
    compare(a.kind, b.kind) ||
    compare(a.stated, b.stated) ||
    compare(a.arithmetic, b.arithmetic)
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
