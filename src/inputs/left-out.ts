/** What is not evidence about the running system, told by path: vendored, built, generated and test code. */
import { basename, extname } from 'node:path/posix'
import { leftOut } from '../knowledge/left-out.js'
import { CODE_FILES, DATA_FILES, LINE_FILES, RULE_FILES } from './extensions.js'
import type { Reading } from './format.js'

/** Records one a line, packed as k6 does it itself; whether one is packed its first bytes tell. */
const PACKED_LINES = /\.(?:json|jsonl|ndjson)\.gz$/i

/** A mark of generated code stands in its head. */
const HEAD_CHARACTERS = 500

export function isCode(path: string): boolean {
  return CODE_FILES.includes(extname(path).toLowerCase())
}

export function isCandidate(path: string): boolean {
  const { lockFiles, settingFiles } = leftOut()
  return (
    isCode(path) ||
    DATA_FILES.includes(extname(path).toLowerCase()) ||
    isToldByText(path) ||
    lockFiles.includes(basename(path)) ||
    settingFiles.some((pattern) => pattern.test(path))
  )
}

/** Whether only its text tells that it is evidence at all. */
export function isToldByText(path: string): boolean {
  return [...RULE_FILES, ...LINE_FILES].includes(extname(path).toLowerCase()) || isPacked(path)
}

export function isPacked(path: string): boolean {
  return PACKED_LINES.test(path)
}

/** Hidden, and visited all the same. */
export function isPipelineFolder(path: string): boolean {
  return leftOut().pipelineFolders.some((pattern) => pattern.test(path))
}

export function isPipelineFile(path: string): boolean {
  return leftOut().pipelineFiles.some((pattern) => pattern.test(path))
}

export function isVendoredFolder(name: string): boolean {
  return leftOut().vendoredFolders.includes(name)
}

export function isFixtureFolder(name: string): boolean {
  return leftOut().fixtureFolders.includes(name)
}

export function isTestCode(path: string): boolean {
  return isCode(path) && leftOut().testPaths.some((pattern) => pattern.test(path))
}

/** What a format makes of a file that is. */
export const DISUSED: Reading = {
  facts: [],
  problems: [],
  skipped: 'no longer used, according to its folder name',
}

/** Manifests, alert rules and routing in a folder whose name says that they are no longer used. */
export function isDisused(path: string): boolean {
  const folders = path.split('/').slice(0, -1)
  return folders.some((folder) => leftOut().disusedFolders.includes(folder.toLowerCase()))
}

/** Manifests that only a test applies. */
export function isOfTrial(path: string): boolean {
  return leftOut().trialPaths.some((pattern) => pattern.test(path))
}

export function isGenerated(path: string): boolean {
  return isCode(path) && leftOut().generatedPaths.some((pattern) => pattern.test(path))
}

export function isMarkedGenerated(path: string, text: string): boolean {
  const head = text.slice(0, HEAD_CHARACTERS)
  return isCode(path) && leftOut().generatedMarks.some((mark) => mark.test(head))
}
