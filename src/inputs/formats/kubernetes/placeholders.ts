/** Values that something fills in before the manifest is applied (`${PORT}`): what they will be is not known here. */
import { commentMarks } from '../../../knowledge/manifests/comment-marks.js'
import type { Field } from '../../field.js'

/** A number that is none, by the part that it stands in. */
export function unreadNumbers(fields: Record<string, Field>): Record<string, string> {
  return unread(fields, (field) => field.number() === null)
}

/** A word with anything but letters: the API takes one of a few words there. */
export function unreadWords(fields: Record<string, Field>): Record<string, string> {
  return unread(fields, (field) => !/^[A-Za-z]*$/.test(field.text() ?? ''))
}

function unread(fields: Record<string, Field>, isUnread: (field: Field) => boolean): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, field]) => typeof field.value === 'string' && isUnread(field))
      .map(([part, field]) => [part, `${field.path.at(-1)} ${field.text()}`]),
  )
}

/** A value that a script replaces at a mark in the comment behind it (`1 #PROD# 3`), as written; null where there is none. */
export function markedValue(field: Field, of: 'image' | 'any'): string | null {
  const { comment } = field
  if (comment === null) return null
  const { ofAny, ofImages } = commentMarks()
  const marks = of === 'image' ? [...ofAny, ...ofImages] : ofAny
  const isMark = marks.some((mark) => mark.exec(comment)?.[0] === comment)
  return isMark ? `${field.path.at(-1)} ${field.text()} ${comment}` : null
}
