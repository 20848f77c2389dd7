/** Labels under which a section says what it says: headings, leading lines, `Target: …`. */
import { isWithin, type Document, type Section, type TextLine } from './document.js'

const LABEL = /^([^:.|]{2,60}):(?:\s|$)/u

/** Of a section and all below it, its own title left out. */
export function labelsIn(section: Section, { sections, lines }: Document): string[] {
  const titles = sections.filter((one) => one !== section && isWithin(one, section)).map(({ title }) => title)
  const written = lines.flatMap((line) =>
    !line.isCode && isWithin(line.section, section) ? (labelOf(line) ?? []) : [],
  )
  return [...titles, ...written]
}

export function labelOf({ text }: Pick<TextLine, 'text'>): string | null {
  return LABEL.exec(text.trim())?.[1] ?? null
}

/** `EXP-001` of `EXP-001 — Pod Failure`, `Scenario 3` of `Scenario 3: Latency`; the whole title when it has no number. */
export function nameOf(title: string): string {
  return /^\p{L}+[\s_-]?\d+/u.exec(title.trim())?.[0] ?? title.trim()
}
