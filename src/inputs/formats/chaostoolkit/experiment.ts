/** A Chaos Toolkit experiment as a definition, with the parts it has. */
import { cadenceDays } from '../../../facts/cadence.js'
import type { Command, Condition, Experiment, ExperimentParts } from '../../../facts/experiment.js'
import { dangerousCommands } from '../../../knowledge/safety/dangerous-commands.js'
import { type ExperimentActions, experimentActions } from '../../../knowledge/experiment-actions.js'
import { holdsAny } from '../../../knowledge/phrases.js'
import type { InputFile, Reading } from '../../format.js'
import type { YamlDocument } from '../../yaml/document.js'
import { parseYaml } from '../../yaml/parse.js'
import { type Activity, readActivity } from './activity.js'
import { declared } from './declarations.js'
import { faultOf, rolesOf } from './roles.js'
import { targetOf } from './target.js'
import { type Fields, fieldsOf, listOf, textOf } from './values.js'

/** Keys of an experiment where they can stand in YAML or JSON: parsing every file to find out would be slow. */
const METHOD = /^method:|"method"\s*:\s*\[/m
const TITLE = /^(title|description):|"(title|description)"\s*:/m
const OWN_KEY =
  /^(steady-state-hypothesis|rollbacks|version):|"(steady-state-hypothesis|rollbacks|version)"\s*:/m
const OWN_KEYS = ['steady-state-hypothesis', 'rollbacks', 'version']

export function isExperiment(file: InputFile): boolean {
  const { extension, text } = file
  if (!['.json', '.yaml', '.yml'].includes(extension)) return false
  if (![METHOD, TITLE, OWN_KEY].every((key) => key.test(text))) return false
  const { root, document } = parse(file)
  if (root === null) return document?.value === null && text.includes('steady-state-hypothesis')
  return (
    Array.isArray(root['method']) &&
    ('title' in root || 'description' in root) &&
    OWN_KEYS.some((key) => key in root)
  )
}

export function readExperiment(file: InputFile): Reading {
  const { root, document } = parse(file)
  const problems = document?.problems ?? []
  if (root === null || !document)
    return { facts: [], problems, failed: problems[0]?.message ?? 'no experiment in it' }
  return { facts: [experimentOf(root, document.sourceOf)], problems }
}

type SourceOf = YamlDocument['sourceOf']

function experimentOf(root: Fields, sourceOf: SourceOf): Experiment {
  const words = experimentActions()
  const pieces = piecesOf(root, words)
  const { tags, configuration, probes, method, injecting, rollbacks } = pieces
  const title = textOf(root['title']) ?? textOf(root['description']) ?? 'untitled experiment'
  const cadence = declared('cadence', tags, configuration)
  const conditions = probes.flatMap(conditionOf)
  const firstOf = (read: (action: Activity) => string | null): string | null =>
    injecting.map(read).find((found) => found !== null) ?? null
  return {
    fact: 'experiment',
    recordedBy: 'chaostoolkit',
    source: { ...sourceOf([]), pointer: '$' },
    id: idOf(title),
    title,
    hypothesis: textOf(fieldsOf(root['steady-state-hypothesis'])?.['title']),
    target: firstOf((action) => targetOf(action, configuration, words)),
    fault: firstOf(faultOf),
    environment: declared('environment', tags, configuration),
    owner: declared('owner', tags, configuration),
    cadenceDays: cadence === null ? null : cadenceDays(cadence),
    cadence,
    requirements: [],
    parts: partsOf(root, pieces, words),
    steadyState: conditions,
    passCriteria: conditions,
    covers: [],
    commands: [
      ...commandsOf(probes, 'probe', ['steady-state-hypothesis', 'probes'], sourceOf),
      ...commandsOf(method, 'method', ['method'], sourceOf),
      ...commandsOf(rollbacks, 'rollback', ['rollbacks'], sourceOf),
    ],
  }
}

function idOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
}

interface Pieces {
  tags: string[]
  configuration: Fields
  probes: Activity[]
  method: Activity[]
  injecting: Activity[]
  rollbacks: Activity[]
}

function piecesOf(root: Fields, words: ExperimentActions): Pieces {
  const hypothesis = fieldsOf(root['steady-state-hypothesis'])
  const method = listOf(root['method']).map(readActivity)
  const rollbacks = listOf(root['rollbacks']).map(readActivity)
  const roles = rolesOf(method, rollbacks, words)
  return {
    tags: listOf(root['tags']).flatMap((tag) => textOf(tag) ?? []),
    configuration: fieldsOf(root['configuration']) ?? {},
    probes: listOf(hypothesis?.['probes']).map(readActivity),
    method,
    injecting: method.filter((_, index) => roles[index] === 'injecting'),
    rollbacks,
  }
}

function partsOf(root: Fields, pieces: Pieces, words: ExperimentActions): ExperimentParts {
  const strategy = textOf(fieldsOf(fieldsOf(root['runtime'])?.['hypothesis'])?.['strategy'])
  const scoped = pieces.injecting.some((action) =>
    words.scopeArguments.some((key) => textOf(action.arguments[key]) !== null),
  )
  const guards = [...listOf(root['controls']), ...listOf(root['extensions'])].map((guard) =>
    JSON.stringify(guard),
  )
  return {
    hypothesis: textOf(fieldsOf(root['steady-state-hypothesis'])?.['title']) !== null,
    baseline: pieces.probes.length > 0,
    blastRadius: scoped || declared('blast-radius', pieces.tags, pieces.configuration) !== null,
    injection: pieces.injecting.length > 0,
    observation:
      pieces.method.some(({ kind }) => kind === 'probe') ||
      strategy === 'during-method-only' ||
      strategy === 'continuously',
    abort: strategy === 'continuously' || guards.some((guard) => holdsAny(guard, words.abort)),
    rollback: pieces.rollbacks.length > 0,
  }
}

/** Only tolerances that are a plain value can be written as a condition. */
function conditionOf({ name, tolerance }: Activity): Condition[] {
  if (typeof tolerance !== 'number' && typeof tolerance !== 'string' && typeof tolerance !== 'boolean')
    return []
  return [
    {
      metric: name,
      operator: '==',
      value: typeof tolerance === 'boolean' ? String(tolerance) : tolerance,
      unit: null,
    },
  ]
}

function commandsOf(
  activities: Activity[],
  part: NonNullable<Command['part']>,
  path: string[],
  sourceOf: SourceOf,
): Command[] {
  return activities.flatMap((activity, index) => {
    const text = commandText(activity)
    return text === null
      ? []
      : { text, source: sourceOf([...path, index]), part, timeoutSeconds: activity.timeoutSeconds }
  })
}

/** Of a call only the arguments that say what it acts on: the others may be credentials. */
function commandText({ kind, provider, command, func, arguments: given }: Activity): string | null {
  if (provider === 'process') return command
  if (provider !== 'python' || func === null || kind !== 'action') return null
  const shown = dangerousCommands().shownArguments.flatMap((name) => {
    const value = given[name]
    return ['string', 'number', 'boolean'].includes(typeof value) ? `${name}=${String(value)}` : []
  })
  return `${func}(${shown.join(', ')})`
}

/** JSON is YAML as well: one parser that knows where everything stands. An experiment is one document. */
function parse(file: InputFile): { root: Fields | null; document: YamlDocument | undefined } {
  const documents = parseYaml(file)
  const [document] = documents
  return { root: documents.length === 1 ? fieldsOf(document?.value) : null, document }
}
