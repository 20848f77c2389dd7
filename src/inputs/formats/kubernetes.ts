/** Kubernetes manifests: workloads, Services, autoscalers, budgets, entry points, configuration and Kustomizations. */
import { basename } from 'node:path/posix'
import type { CustomObject } from '../../facts/custom-object.js'
import type { Fact } from '../../facts/fact.js'
import { Field } from '../field.js'
import type { Format, InputFile, Problem, Reading } from '../format.js'
import { chaosFormatOf } from '../../knowledge/chaos-objects.js'
import { isExample } from '../../knowledge/left-out.js'
import { DISUSED, isDisused, isOfTrial } from '../left-out.js'
import { objectsIn } from '../kubernetes-objects.js'
import { holdsGrafanaRules } from '../grafana/holds.js'
import { holdsRules } from '../promql/holds-rules.js'
import { pintCommentsIn } from '../promql/pint-comments.js'
import { ruleFile } from '../promql/rule-file.js'
import { rulesHeldBy, type HeldRules } from '../promql/rule-objects.js'
import { describeProblems } from '../problems.js'
import { wordsOfTemplate } from '../unread-template.js'
import { holdsScraping, readScraping } from '../scraping/configuration.js'
import { documentsWithin } from '../yaml/embedded.js'
import { parseYaml } from '../yaml/parse.js'
import { readCustomObject } from './kubernetes/custom-object.js'
import { isTestHook } from './kubernetes/hooks.js'
import { readInlinePatches } from './kubernetes/inline-patches.js'
import { isKnownKind, readerOf } from './kubernetes/kinds.js'
import { readKustomization } from './kubernetes/kustomization.js'
import { routingInRelease } from './kubernetes/release-values.js'
import { isOperations, markPatches } from './kubernetes/patch-files.js'
import { unfilledIn } from './kubernetes/unfilled.js'
import { DATA_FILES } from '../extensions.js'

/** Top-level keys of any document of the file; our own kinds and pure rule objects are read elsewhere. */
const API_VERSION = /^['"]?apiVersion['"]?\s*:(?!\s*['"]?resilience-report\/)/m
const KIND = /^['"]?kind['"]?\s*:(?!\s*['"]?PrometheusRule\b)\s*['"]?\w/m
const FLOW_API_VERSION = /^\s*\{[^]*\bapiVersion['"]?\s*:(?!\s*['"]?resilience-report\/)/
const FLOW_KIND = /\bkind['"]?\s*:(?!\s*['"]?PrometheusRule\b)\s*['"]?\w/
/** Of the operator of Grafana. */
const GRAFANA_RULES = 'GrafanaAlertRuleGroup'
const DEFINITION = /^kind:\s*CustomResourceDefinition\s*$/m
/** Of another version than this one it is refused, which is worth knowing. */
const SERVED_DEFINITION = /^apiVersion:\s*['"]?apiextensions\.k8s\.io\/v1['"]?\s*$/m
const KUSTOMIZATION_FILE = /^kustomization\.ya?ml$/
const KUSTOMIZATION_KEYS =
  /^(resources|patches|patchesStrategicMerge|bases|components|configMapGenerator|namePrefix)\s*:/m

const kubernetes: Format = {
  name: 'kubernetes',
  title: 'Kubernetes manifest',
  readsObjects: true,
  recognises: (file) => isManifest(file) || isBareKustomization(file) || isPatchOfOperations(file),
  read: readManifests,
  link: markPatches,
}
export default kubernetes

function isManifest({ extension, text }: InputFile): boolean {
  if (!DATA_FILES.includes(extension)) return false
  const isFlow = text.trimStart().startsWith('{')
  return isFlow
    ? FLOW_API_VERSION.test(text) && FLOW_KIND.test(text)
    : API_VERSION.test(text) && KIND.test(text)
}

function isPatchOfOperations(file: InputFile): boolean {
  return DATA_FILES.includes(file.extension) && isOperations(file)
}

/** Kustomize reads it by its name and asks for no apiVersion. */
function isBareKustomization({ path, text }: InputFile): boolean {
  return KUSTOMIZATION_FILE.test(basename(path)) && KUSTOMIZATION_KEYS.test(text)
}

async function readManifests(file: InputFile): Promise<Reading> {
  if (isOfTrial(file.path)) return { facts: [], problems: [], skipped: 'for tests only, as its path says' }
  if (isDisused(file.path)) return DISUSED
  if (isOperations(file))
    return { facts: [], problems: [], skipped: 'a JSON patch that no kustomization names' }
  const facts: Fact[] = []
  const problems: Problem[] = []
  const unused = new Set<string>()
  const unrendered: string[] = []
  let readElsewhere = false
  const { text, found } = withoutDefinitions(file.text)
  if (found) unused.add('CustomResourceDefinition')
  const documents = parseYaml({ path: file.path, text })
  for (const document of documents) {
    problems.push(...document.problems)
    for (const object of objectsIn(Field.of(document, problems))) {
      if (chaosFormatOf(object.get('apiVersion').text()) !== null) {
        readElsewhere = true
        continue
      }
      const found = await readObject(object, file, problems)
      if (found) facts.push(...found, ...unfilledIn(object))
      else {
        const customs = customObjects(object)
        facts.push(...customs)
        const installing = customs.flatMap(notRendered)
        if (installing.length > 0) unrendered.push(...installing)
        else unused.add(nameOf(object, file))
      }
    }
  }
  const comments = facts.some(({ fact }) => fact === 'alert') ? pintCommentsIn(file).problems : []
  const reading = { facts, problems: [...problems, ...comments] }
  const isBroken = documents.some((document) => document.value === null)
  if (isBroken) facts.push({ ...wordsOfTemplate(file), isBroken })
  if (isBroken && documents.every((document) => document.value === null))
    return { ...reading, failed: describeProblems(problems) }
  const isUnused = unused.size + unrendered.length > 0
  if (isUnused && facts.every(({ fact }) => fact === 'custom-object'))
    return { ...reading, skipped: whyUnused(unused, unrendered) }
  if (readElsewhere && facts.length === 0 && problems.length === 0)
    return { ...reading, skipped: 'objects that another format reads', skippedAs: 'objects-of-others' }
  return problems.length > 0 ? { ...reading, partial: describeProblems(problems) } : reading
}

/** Null for a kind that says nothing about resilience. */
async function readObject(object: Field, file: InputFile, problems: Problem[]): Promise<Fact[] | null> {
  const [apiVersion, kind] = [object.get('apiVersion').text(), object.get('kind').text()]
  if (kind === null && isBareKustomization(file)) return withPatches(readKustomization(object), object)
  if (apiVersion === null || kind === null) return null
  if (isTestHook(object) || isTriedByHand(kind, file)) return null
  if (kind === GRAFANA_RULES) return grafanaRulesIn([object.get('spec')], file)
  const held = rulesHeldBy(object)
  if (held) return rulesHeld(held, file)
  const inValues = routingInRelease(object, kind, problems)
  if (inValues.length > 0) return [...inValues, ...customObjects(object)]
  const facts = withPatches(readerOf(apiVersion, kind)?.(object, problems) ?? null, object)
  return facts && kind === 'ConfigMap'
    ? [...facts, ...(await monitoringInConfigMap(object, file, problems))]
    : facts
}

/** A Pod of an example shows something, such as how to mount a volume: nobody keeps it running. */
function isTriedByHand(kind: string, { path }: InputFile): boolean {
  return kind === 'Pod' && isExample(path)
}

/** In words, what an object installs that is not here. */
function notRendered({ kind, name, renderedBy }: CustomObject): string[] {
  return renderedBy === undefined
    ? []
    : [
        `what ${kind} ${name} installs is not assessed: render it with \`${renderedBy}\` and analyse the output`,
      ]
}

function whyUnused(unused: Set<string>, unrendered: string[]): string {
  const [first, ...others] = unrendered
  return [
    ...(unused.size > 0 ? [`kinds not used: ${[...unused].sort().join(', ')}`] : []),
    ...(first === undefined ? [] : [first]),
    ...(others.length > 0 ? [`and so for ${others.length} more`] : []),
  ].join('; ')
}

function customObjects(object: Field): CustomObject[] {
  const [apiVersion, kind] = [object.get('apiVersion').text(), object.get('kind').text()]
  return apiVersion === null || kind === null ? [] : readCustomObject(object, apiVersion, kind)
}

/** Loaded only here, as below: the PromQL parser costs more than most runs without rules take. */
async function rulesHeld(held: HeldRules, file: InputFile): Promise<Fact[]> {
  const { readHeldRules } = await import('../promql/rule-groups.js')
  return readHeldRules(held, ruleFile(file)).facts
}

async function rulesIn(groups: Field, file: InputFile): Promise<Fact[]> {
  const { readRuleGroups } = await import('../promql/rule-groups.js')
  return readRuleGroups(groups, ruleFile(file)).facts
}

/** Those that are paused are none. */
async function grafanaRulesIn(groups: Field[], file: InputFile): Promise<Fact[]> {
  const { readGrafanaGroups } = await import('../grafana/rule-groups.js')
  return readGrafanaGroups(groups, file.text).facts
}

/** Rule files and the configuration of Prometheus are often mounted from there. */
async function monitoringInConfigMap(object: Field, file: InputFile, problems: Problem[]): Promise<Fact[]> {
  const facts: Fact[] = []
  for (const [, at] of object.get('data').entries()) {
    if (typeof at.value !== 'string') continue
    if (holdsScraping(at.value)) facts.push(...documentsWithin(at, at.value, problems).flatMap(readScraping))
    if (holdsGrafanaRules(at.value)) {
      const groups = documentsWithin(at, at.value, problems).flatMap((whole) => whole.get('groups').items())
      facts.push(...(await grafanaRulesIn(groups, file)))
      continue
    }
    if (!holdsRules(at.value)) continue
    for (const whole of documentsWithin(at, at.value, problems))
      facts.push(...(await rulesIn(whole.get('groups'), file)))
  }
  return facts
}

/** A kustomization with patches written in place is a file of patches itself. */
function withPatches(facts: Fact[] | null, object: Field): Fact[] | null {
  const [kustomization] = facts ?? []
  if (kustomization?.fact !== 'kustomization') return facts
  const pieces = readInlinePatches(object)
  if (pieces.length === 0) return facts
  const { patches, source } = kustomization
  return [{ ...kustomization, patches: [...patches, source.path].sort() }, ...pieces]
}

/** Definitions of other kinds are long and say nothing of this system: their lines are left empty. */
function withoutDefinitions(text: string): { text: string; found: boolean } {
  if (!DEFINITION.test(text)) return { text, found: false }
  const documents = text.split(/^(?=---\s)/m)
  const kept = documents.map((document) =>
    DEFINITION.test(document) && SERVED_DEFINITION.test(document)
      ? document.replace(/[^\n]+/g, '')
      : document,
  )
  return { text: kept.join(''), found: true }
}

/** A test of Helm is named as what it is; a kind that we know from another API group is named with its own. */
function nameOf(object: Field, file: InputFile): string {
  const kind = object.get('kind').text()
  if (kind === null) return 'objects without a kind'
  if (isTestHook(object)) return `${kind} that Helm runs as a test`
  if (isTriedByHand(kind, file)) return 'Pod of an example'
  return isKnownKind(kind) ? `${kind} of ${object.get('apiVersion').text() ?? 'no apiVersion'}` : kind
}
