/** What is not evidence about the running system, told by path: vendored, built, generated and test code. */
import { basename, extname } from 'node:path/posix'

const CODE = new Set(['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'])
const DATA = new Set(['.yaml', '.yml', '.json'])
const VENDORED = new Set(['node_modules', 'vendor', 'third_party', 'dist', 'build', 'coverage', '.next'])
const FIXTURES = new Set(['testdata', 'fixtures', '__fixtures__', '__mocks__'])
const LOCK_FILES = new Set(['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock'])

const TEST_FOLDER =
  /(^|\/)(tests?|__tests__|specs?|e2e|mocks?|testing|cypress|playwright|tests?[-_](utils?|helpers?|support|data))\//
const TEST_FILE = /[.-](test|tests|spec|e2e|cy|mock|mocks|stories)\.[cm]?[jt]sx?$/
const GENERATED_FILE = /\.d\.[cm]?ts$|\.(generated|gen|min)\.[^/]+$/
const GENERATED_MARK = /@generated\b|\bDO NOT EDIT\b/
/** A mark of generated code stands in its head. */
const HEAD_CHARACTERS = 500

export function isCode(path: string): boolean {
  return CODE.has(extname(path).toLowerCase())
}

export function isCandidate(path: string): boolean {
  return isCode(path) || DATA.has(extname(path).toLowerCase())
}

export function isLockFile(path: string): boolean {
  return LOCK_FILES.has(basename(path))
}

export function isVendoredFolder(name: string): boolean {
  return VENDORED.has(name)
}

export function isFixtureFolder(name: string): boolean {
  return FIXTURES.has(name)
}

/** Code only: manifests and rules in test folders may be what a test environment runs on. */
export function isTestCode(path: string): boolean {
  return isCode(path) && (TEST_FOLDER.test(path) || TEST_FILE.test(path))
}

export function isGenerated(path: string): boolean {
  return isCode(path) && GENERATED_FILE.test(path)
}

export function isMarkedGenerated(path: string, text: string): boolean {
  return isCode(path) && GENERATED_MARK.test(text.slice(0, HEAD_CHARACTERS))
}
