/** What stands between two figures of a sentence. */
export function wordsBetween(text: string): number {
  return text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0
}
