/** Paths as imports write them, and the places of modules that they mean. */
import { posix } from 'node:path'

/** Without what bundlers are told behind a path: `./worker?url`. */
export function withoutQuery(specifier: string): string {
  return specifier.replace(/\?.*$/, '')
}

export function withoutExtension(path: string): string {
  return path.slice(0, path.length - posix.extname(path).length)
}

/** `../` means a folder as `..` does. */
export function placeAt(...parts: string[]): string {
  return posix.join(...parts).replace(/\/$/, '')
}
