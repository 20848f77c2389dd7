/** Owner of what a comment or annotation at the thing itself accepts: whoever wrote it there. */
export const IN_PLACE = 'in place'

/** That somebody has accepted a finding: why, who, and until when. */
export interface Acceptance {
  reason: string
  owner: string
  expires: string
  /** An expired waiver accepts nothing: the finding counts again. */
  expired: boolean
  /** Written for another tool: for which of its checks (null: all of them), where, and with which reason. */
  inherited?: { tool: string; checks: string[] | null; reason: string | null; path: string; line: number }
}
