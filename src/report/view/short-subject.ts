/** What a check is about, beside its place: the path of the file need not stand there twice. */
import type { Source } from '../../facts/source.js'

export interface ShortSubject {
  /** `OrderService.pay` for `src/orders.ts#OrderService.pay`; null for a file as a whole. */
  symbol: string | null
  /** What is no symbol in the file: `Deployment cart`. */
  subject: string | null
}

export function shortSubject(subject: string, { path }: Pick<Source, 'path'>): ShortSubject {
  if (!subject.startsWith(`${path}#`)) return { symbol: null, subject }
  const symbol = subject.slice(path.length + 1).replace(/^\(file\)\./, '')
  return { symbol: symbol === '(file)' ? null : symbol, subject: null }
}
