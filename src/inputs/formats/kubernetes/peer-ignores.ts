/** Annotations that ask other tools to leave a check out, read as these tools read them. */
import type { PeerIgnore } from '../../../facts/suppression.js'
import { peerTools, type PeerTool } from '../../../knowledge/peer-checks.js'
import type { Field } from '../../field.js'

type Form = PeerTool['annotations'][number]

/** Of an object; with those of its pods where it has a template of them. */
export function peerIgnoresOf(annotations: Field, ofPods: Field | null): PeerIgnore[] {
  return [
    ...ignoresIn(annotations, false, askedFor(ofPods)),
    ...(ofPods ? ignoresIn(ofPods, true, () => []) : []),
  ]
}

function ignoresIn(annotations: Field, onPods: boolean, asked: (tool: string) => string[]): PeerIgnore[] {
  if (!annotations.exists) return []
  return annotations.entries().flatMap(([key, value]) =>
    Object.entries(peerTools()).flatMap(([tool, { annotations: forms }]) => {
      const form = forms.find((candidate) => candidate.key.test(key))
      return form ? [ignoreIn({ key, value, tool, form, onPods }, asked(tool))] : []
    }),
  )
}

interface Written {
  key: string
  value: Field
  tool: string
  form: Form
  onPods: boolean
}

/** A check that the pods ask for is not left out of them. */
function ignoreIn({ key, value, tool, form, onPods }: Written, asked: string[]): PeerIgnore {
  const text = typeof value.value === 'string' ? value.value : ''
  const mayHaveReason = form.value === 'reason' || form.value === 'switch or reason'
  return {
    tool,
    checks:
      checksIn(key, text, form, typeof value.value === 'string')?.filter((check) => !asked.includes(check)) ??
      null,
    reason: mayHaveReason ? reasonIn(text) : null,
    mayHaveReason,
    until: null,
    onPods,
    source: value.source,
  }
}

function checksIn(key: string, text: string, form: Form, isText: boolean): string[] | null {
  if (form.value === 'checks') return listed(text)
  if (!isText || !isOn(text, form)) return []
  const check = form.key.exec(key)?.groups?.['check']
  return check === undefined ? null : [check]
}

function isOn(text: string, { value }: Form): boolean {
  if (value === 'switch') return text.toLowerCase() === 'true'
  return value === 'reason' || (text !== '' && text !== 'false')
}

/** In one line, whatever it holds: it is printed in tables. A switch is no reason. */
function reasonIn(text: string): string | null {
  const reason = text.replace(/\s+/g, ' ').trim()
  return reason === '' || reason.toLowerCase() === 'true' ? null : reason
}

function askedFor(ofPods: Field | null): (tool: string) => string[] {
  return (tool) => {
    const key = peerTools()[tool]!.askedOnPods
    const value = key === undefined ? undefined : ofPods?.get(key).value
    return typeof value === 'string' ? listed(value) : []
  }
}

function listed(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}
