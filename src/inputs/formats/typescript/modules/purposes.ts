/** What a module is for, as far as its path and its text alone tell. */
import { codeRoles } from '../../../../knowledge/code-roles.js'
import type { InputFile } from '../../../format.js'

/** False for what serves under no circumstances. */
export function mayServe(file: InputFile): boolean {
  return apartFrom(file.path) === null && !hasElements(file)
}

/** A script, a test, a configuration, which serves only if something that serves loads it. */
export function isAside(path: string): boolean {
  return apartFrom(path) !== null || besideFrom(path) !== null
}

/** What every JSX element has, one that ends itself or one with an end; texts and comments may have it as well. */
const ELEMENT = /<\/|\/\s*>/

/** A module with JSX: the extension allows it, and many servers are written with it throughout. */
export function hasElements(file: InputFile): boolean {
  return isForElements(file) && ELEMENT.test(file.text)
}

export function isForElements({ extension }: InputFile): boolean {
  return extension.endsWith('x')
}

export function apartFrom(path: string): 'tests' | 'build' | null {
  return codeRoles().apart.find(({ paths }) => paths.some((pattern) => pattern.test(path)))?.for ?? null
}

export function besideFrom(
  path: string,
): 'migration' | 'script' | 'example' | 'configuration' | 'browser' | null {
  return codeRoles().beside.find(({ paths }) => paths.some((pattern) => pattern.test(path)))?.for ?? null
}
