/** What the configuration states and the evidence does not fit, at its place in the configuration's file. */
import { relative, sep } from 'node:path'
import type { Source } from '../facts/source.js'
import type { LoadedConfiguration } from './configuration.js'

export interface Misfit {
  /** Path of keys inside the configuration. */
  at: PropertyKey[]
  message: string
}

/** Of the configuration file, as inputs are named; by its usual name where there is none. */
export function pathWithin(root: string, file: string | null): string {
  return file === null ? 'resilience.yaml' : relative(root, file).split(sep).join('/')
}

/** Paths are relative to `root`, also those of a file outside of it. */
export function placeInConfiguration(
  { file, placeOf }: LoadedConfiguration,
  root: string,
  at: PropertyKey[],
): Source {
  const { line, column } = placeOf(at)
  return { path: pathWithin(root, file), line, column, endLine: line }
}

export function placeMisfits(
  misfits: Misfit[],
  configuration: LoadedConfiguration,
  root: string,
): { path: string; line: number; column: number; message: string }[] {
  return misfits.map(({ at, message }) => {
    const { path, line, column } = placeInConfiguration(configuration, root, at)
    return { path, line, column, message }
  })
}
