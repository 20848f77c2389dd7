/** Which AlertmanagerConfigs the operator puts into an Alertmanager, and whether it keeps them to their namespace. */
import type { LabelSelector } from '../../facts/label-selector.js'
import type { Namespace } from '../../facts/mesh.js'
import type { AlertmanagerObject, AlertRouting } from '../../facts/routing.js'
import { matches } from '../manifests/selection.js'

export type Answer = 'yes' | 'no' | 'unknown'

/** `ofNamespace`: alerts of other namespaces do not reach it. */
export interface PartUse {
  selected: Answer
  ofNamespace: Answer
}

/** Kubernetes gives it to every namespace. */
const NAME_LABEL = 'kubernetes.io/metadata.name'

export function useOf(
  part: AlertRouting,
  alertmanagers: AlertmanagerObject[],
  namespaces: Namespace[],
): PartUse {
  if (part.operator !== undefined) return { selected: 'unknown', ofNamespace: 'unknown' }
  const answers = alertmanagers.map((alertmanager) => ({
    alertmanager,
    selected: selectedBy(alertmanager, part, namespaces),
  }))
  const taking = answers.filter(({ selected }) => selected !== 'no')
  const kept = new Set(taking.map(({ alertmanager }) => isKept(part, alertmanager)))
  return {
    selected: answers.length === 0 ? 'unknown' : anyOf(answers.map(({ selected }) => selected)),
    ofNamespace: kept.size === 0 ? 'yes' : kept.size > 1 ? 'unknown' : kept.has(true) ? 'yes' : 'no',
  }
}

/** The configuration of the whole, and parts as its strategy says, are for all namespaces. */
function isKept(part: AlertRouting, { configuration, strategy, namespace }: AlertmanagerObject): boolean {
  if (configuration !== null && configuration === part.name) return false
  if (strategy === 'OnNamespaceExceptForAlertmanagerNamespace') return part.namespace !== namespace
  return strategy !== 'None'
}

function selectedBy(alertmanager: AlertmanagerObject, part: AlertRouting, namespaces: Namespace[]): Answer {
  const { configSelector, namespaceSelector, configuration, namespace, fragment } = alertmanager
  if (fragment) return 'unknown'
  if (configuration !== null && configuration === part.name) return 'yes'
  if (!matches(configSelector, part.labels)) return 'no'
  if (part.namespace === null) return 'unknown'
  if (namespaceSelector === null) return sameNamespace(part.namespace, namespace)
  return inNamespace(namespaceSelector, part.namespace, namespaces)
}

/** Manifests that name no namespace are read as of `default`, and applied to any. */
function sameNamespace(own: string, other: string): Answer {
  if (own === other) return 'yes'
  return other === 'default' ? 'unknown' : 'no'
}

/** A namespace that was not read may have any labels. */
function inNamespace(selector: LabelSelector, name: string, namespaces: Namespace[]): Answer {
  const own = { [NAME_LABEL]: name }
  const read = namespaces.filter((namespace) => namespace.name === name)
  if (read.length === 0) return asksNothingElse(selector) ? answerOf(matches(selector, own)) : 'unknown'
  return answerOf(read.some(({ labels }) => matches(selector, { ...labels, ...own })))
}

function asksNothingElse({ labels, expressions }: LabelSelector): boolean {
  return [...Object.keys(labels), ...expressions.map(({ key }) => key)].every((key) => key === NAME_LABEL)
}

function answerOf(isSo: boolean): Answer {
  return isSo ? 'yes' : 'no'
}

function anyOf(answers: Answer[]): Answer {
  return answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no'
}
