/** `check-claims`, in the order the data flows: document, the alert rules that it writes, claims. */
import { readFileSync, statSync } from 'node:fs'
import { claimWords, type ClaimWords } from './knowledge/claim-words.js'
import { UserError } from './knowledge/load.js'
import { checkClaims } from './claims/check.js'
import type { DocumentClaims } from './claims/claim.js'
import { decodeText } from './claims/decode.js'
import { writtenRules } from './claims/written-rules.js'
import { TooManyParts, type WrittenAlerts } from './claims/survey.js'
import { readRuleFile } from './inputs/formats/prometheus.js'

/** No written report is longer; what is, is an export or a log. */
const MAX_BYTES = 2 * 1024 * 1024

/** Throws a UserError for what cannot be read as a written report. */
export async function checkDocument(path: string): Promise<DocumentClaims> {
  const text = decodeText(readBytes(path))
  if (text === null)
    throw new UserError(`${path}: is not text (it contains null bytes); name a Markdown document`)
  try {
    return { document: path, claims: checkClaims(text, claimWords(), await alertsIn(text, claimWords())) }
  } catch (error) {
    if (error instanceof TooManyParts)
      throw new UserError(`${path}: ${error.message} are no written report; divide it`)
    if (!(error instanceof RangeError)) throw error
    throw new UserError(
      `${path}: its Markdown is nested deeper, or has a longer paragraph, than can be read; divide it`,
    )
  }
}

/** What is wrong with a block is not the claims' business: it may be an extract. */
async function alertsIn(text: string, words: ClaimWords): Promise<WrittenAlerts> {
  const blocks = writtenRules(text, words)
  const readings = await Promise.all(blocks.map((block) => readRuleFile(block)))
  const offsets = new Map(blocks.map(({ path, offset }) => [path, offset]))
  return {
    alerts: readings.flatMap(({ facts }) => facts.filter((fact) => fact.fact === 'alert')),
    lineOfAlert: ({ path, line }) => line + (offsets.get(path) ?? 0),
  }
}

function readBytes(path: string): Uint8Array {
  try {
    const { size } = statSync(path)
    if (size > MAX_BYTES)
      throw new UserError(`${path}: ${size} bytes are no written report (at most ${MAX_BYTES}); divide it`)
    return readFileSync(path)
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(
      `${path}: cannot be read (${(error as NodeJS.ErrnoException).code}); name a Markdown document`,
    )
  }
}
