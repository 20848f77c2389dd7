/** Ignores as subjects: those in code, and those of manifests that are inherited from other tools. */
import type { ManifestObject } from '../../facts/kubernetes.js'
import type { Source } from '../../facts/source.js'
import type { PeerIgnore } from '../../facts/suppression.js'
import { rulesLike } from '../../knowledge/peer-checks.js'
import type { Model } from '../../system/model.js'
import type { Subject } from '../subject.js'

export function suppressionSubjects({ facts, configuration }: Model): Subject[] {
  const objects = facts.all().flatMap((fact) => ('fragment' in fact && !fact.fragment ? [fact] : []))
  const own = [
    ...facts
      .of('suppression')
      .map(({ source, rule, reason }) => suppressionSubject(source, 'comment', rule, reason)),
    ...objects.flatMap(({ id, source, ignores }) => ownSubjects('annotation', id, source, ignores)),
    ...facts
      .of('alert')
      .flatMap(({ group, name, source, ignores }) =>
        ownSubjects('comment', `${group}/${name}`, source, ignores),
      ),
  ]
  if (!configuration.policies.inheritIgnores) return own
  return [...own, ...objects.flatMap(inheritedSubjects)]
}

/** What is written at a thing itself; a reason that is missing is empty there. */
function ownSubjects(form: string, id: string, source: Source, ignores: Record<string, string>): Subject[] {
  return Object.entries(ignores).map(([rule, reason]) => ({
    ...suppressionSubject(source, form, rule, reason === '' ? null : reason),
    identity: `${source.path}#${id}#${rule}`,
  }))
}

function inheritedSubjects({ id, peerIgnores }: ManifestObject): Subject[] {
  return (peerIgnores ?? []).filter(needsReason).map(({ tool, checks, reason, source }) => {
    const what = checks === null ? `all checks of ${tool}` : `${checks.join(', ')} of ${tool}`
    const subject = suppressionSubject(source, 'annotation', what, reason)
    return { ...subject, identity: `${source.path}#${id}#${what}` }
  })
}

/** Only where its form has room for a reason, and where one of our rules is accepted by it. */
function needsReason({ tool, checks, mayHaveReason, onPods }: PeerIgnore): boolean {
  return mayHaveReason && rulesLike(tool, checks, onPods).size > 0
}

function suppressionSubject(source: Source, form: string, rule: string, reason: string | null): Subject {
  return {
    kind: 'suppression',
    identity: `${source.path}#${rule}#${reason ?? ''}`,
    label: `ignore of ${rule}`,
    component: null,
    source,
    at: {},
    ignores: {},
    fields: { form, rule, reason },
  }
}
