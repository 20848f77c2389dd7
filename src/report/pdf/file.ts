/** What is read from, and fixed in, a PDF as Chromium writes it: plain objects, latin-1 outside the streams. */

/** Page number of each named destination; empty when the file is built in another way than expected. */
export function pagesOfAnchors(pdf: Uint8Array): Map<string, number> {
  const text = Buffer.from(pdf).toString('latin1')
  const numbers = pageNumbers(text)
  const pages = new Map<string, number>()
  for (const [, anchor, object] of text.matchAll(/\/([\w-]+) \[(\d+) 0 R \/XYZ /g)) {
    const number = object === undefined ? undefined : numbers.get(object)
    if (anchor !== undefined && number !== undefined) pages.set(anchor, number)
  }
  return pages
}

/** Object number of each page to its number, from the page tree. */
function pageNumbers(text: string): Map<string, number> {
  const kids = new Map<string, string[]>()
  for (const [, object, list] of text.matchAll(
    /(?:^|\n)(\d+) 0 obj\s*<<\/Type \/Pages[^>]*?\/Kids \[([^\]]*)\]/g,
  )) {
    if (object !== undefined && list !== undefined)
      kids.set(
        object,
        [...list.matchAll(/(\d+) 0 R/g)].map((match) => match[1] ?? ''),
      )
  }
  const nested = new Set([...kids.values()].flat())
  const roots = [...kids.keys()].filter((object) => !nested.has(object))
  const leaves = (object: string): string[] => kids.get(object)?.flatMap(leaves) ?? [object]
  return new Map(roots.flatMap(leaves).map((object, index) => [object, index + 1]))
}

/** Without an embedded font a PDF shows empty pages. */
export function hasFonts(pdf: Uint8Array): boolean {
  return Buffer.from(pdf).includes('/FontFile')
}

/** The dates of the document information set to `time`, so that the same report is the same file. */
export function fixDates(pdf: Uint8Array, time: Date): Uint8Array {
  const digits = time.toISOString().slice(0, 19).replace(/[-T:]/g, '')
  const text = Buffer.from(pdf).toString('latin1')
  return Buffer.from(text.replace(/(\/(?:CreationDate|ModDate) \(D:)\d{14}/g, `$1${digits}`), 'latin1')
}
