/** `report.sarif`: SARIF 2.1.0, for code scanning and editors. */
import type { Log, Notification, PhysicalLocation, ReportingDescriptor, Result as SarifResult } from 'sarif'
import type { Renderer } from '../renderer.js'
import type { Check, Result } from '../result.js'
import { showHidden } from '../view/clean.js'

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'
const ROOT = 'SRCROOT'
const LEVELS = { critical: 'error', high: 'error', medium: 'warning', low: 'note' } as const
const BASELINE_STATES = { new: 'new', unchanged: 'unchanged', changed: 'updated' } as const

const sarif: Renderer = {
  name: 'sarif',
  extension: 'sarif',
  render: (result) => Promise.resolve(`${JSON.stringify(toSarif(result), null, 2)}\n`),
}

/** Every rule asked is declared, also those that found nothing; without findings `results` is empty, so that old alerts close. */
function toSarif(result: Result): Log {
  const failed = result.checks.filter((check) => check.outcome === 'fail')
  const rules = describeRules(result)
  const indexOf = new Map(rules.map((rule, index) => [rule.id, index]))
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: result.tool.name,
            version: result.tool.version,
            rules,
            properties: { catalogueDigest: result.tool.catalogueDigest },
          },
        },
        automationDetails: { id: `${result.tool.name}/${showHidden(result.subject.name)}/` },
        originalUriBaseIds: { [ROOT]: { description: { text: 'The folder that was analysed.' } } },
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: result.problems.map(notify) }],
        results: failed.map((check) => toResult(check, indexOf.get(check.rule))),
      },
    ],
  }
}

function describeRules(result: Result): ReportingDescriptor[] {
  const declared = result.rules.map((rule) => ({ ...rule, remediation: remediationOf(result, rule.id) }))
  const known = new Set(declared.map((rule) => rule.id))
  const others = new Map(
    result.checks
      .filter((check) => !known.has(check.rule))
      .map((check) => [check.rule, { ...check, id: check.rule, prevents: '' }]),
  )
  return [...declared, ...others.values()].map((rule) => ({
    id: rule.id,
    shortDescription: plain(rule.title),
    fullDescription: plain(rule.prevents || rule.title),
    help: plain([rule.title, rule.prevents, rule.remediation].filter((text) => text !== '').join('\n\n')),
    defaultConfiguration: { level: LEVELS[rule.severity] },
    properties: { tags: [rule.category, rule.pattern], severity: rule.severity },
  }))
}

function remediationOf(result: Result, rule: string): string {
  return result.checks.find((check) => check.rule === rule)?.remediation ?? ''
}

function toResult(check: Check, ruleIndex: number | undefined): SarifResult {
  const { path, line, column, endLine, pointer } = check.source
  return {
    ruleId: check.rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVELS[check.severity],
    message: plain(
      check.reason === null ? check.message : `${check.message} As written only: ${check.reason}.`,
    ),
    locations: [
      {
        physicalLocation: { ...place(path), region: { startLine: line, startColumn: column, endLine } },
        logicalLocations: [{ fullyQualifiedName: showHidden(pointer ?? check.subject) }],
      },
    ],
    relatedLocations: check.related.map((related, id) => ({
      id,
      physicalLocation: { ...place(related.path), region: { startLine: related.line } },
      message: plain(related.message),
    })),
    partialFingerprints: { 'resilienceReport/v1': check.fingerprint },
    ...(check.status === null ? {} : { baselineState: BASELINE_STATES[check.status] }),
    suppressions: suppressionsOf(check),
    properties: { severity: check.severity, component: check.component, chains: check.chains },
  }
}

/** An expired waiver suppresses nothing: the finding counts again. */
function suppressionsOf({ waiver }: Check): SarifResult['suppressions'] {
  if (waiver === null || waiver.expired) return []
  const end = waiver.expires === 'never' ? 'no expiry date' : `until ${waiver.expires}`
  const justification = showHidden(`${waiver.reason} (${waiver.owner}, ${end})`)
  return [{ kind: 'external', status: 'accepted', justification }]
}

function notify({ path, line, column, message }: Result['problems'][number]): Notification {
  const region =
    line === null ? {} : { region: { startLine: line, ...(column === null ? {} : { startColumn: column }) } }
  return {
    level: 'warning',
    message: plain(message),
    locations: [{ physicalLocation: { ...place(path), ...region } }],
  }
}

function place(path: string): PhysicalLocation {
  return {
    artifactLocation: {
      uri: path
        .replace(/\p{Surrogate}/gu, '\uFFFD')
        .split('/')
        .map(encodeURIComponent)
        .join('/'),
      uriBaseId: ROOT,
    },
  }
}

/** Brackets would make links in a SARIF message. */
function plain(text: string): { text: string } {
  return { text: showHidden(text).replace(/[[\]\\]/g, '\\$&') }
}

export default sarif
