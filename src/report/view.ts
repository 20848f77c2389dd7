/** A result as documents show it: numbered, grouped and formatted. No figure is computed here, lists are only counted. */
import { SEVERITIES } from '../knowledge/severities.js'
import type { Result } from './result.js'
import { viewAlertTimes } from './view/alert-times.js'
import { chainStates, viewChains, viewPlain } from './view/chains.js'
import { clean, shorten } from './view/clean.js'
import { viewCoverage, viewInputs } from './view/coverage.js'
import { sharedCaveats, withOwnCaveats } from './view/detection.js'
import { experimentStates, viewExperiments, viewLoadTests, viewRuns } from './view/experiments.js'
import { day, moment } from './view/figures.js'
import { findingSpans } from './view/finding-spans.js'
import { viewFindings } from './view/finding-sections.js'
import { FindingIndex } from './view/findings.js'
import { countNotDrawn } from './view/glyphs.js'
import { cut, tally } from './view/lists.js'
import { nameThings, type Names } from './view/names.js'
import { viewProgramme } from './view/programme.js'
import { viewQuestions } from './view/questions.js'
import { isTimedTwice, tallyObjectives, viewRecovery } from './view/recovery.js'
import { viewScore } from './view/score.js'
import { viewSystem } from './view/system.js'
import { viewWaiver } from './view/waivers.js'

/** Longer than a heading in large letters can carry. */
const LONG_NAME = 60
/** Messages of other programs may be in a reason; section 1 has those of the inputs in full. */
const REASON_LENGTH = 130
/** Blockers told in full on the first page, which has more to say. */
const BLOCKERS = 8
/** Enough for a board to see what the review is about. */
const FOREMOST = 5
const GATES = ['before-launch', 'before-production-traffic', 'continuous'] as const
const STATUSES = ['new', 'changed', 'unchanged'] as const

export type View = ReturnType<typeof viewResult>

/** `findings`: how many findings are described in full, the worst ones first; the rest is only counted. */
export function viewResult(original: Result, limits: { findings: number }) {
  const result = clean(original)
  const names = nameThings(result)
  const findings = new FindingIndex(result)
  const failed = findings.all.map(({ check }) => check)
  const chains = viewChains(result, findings, names)
  const cards = chains.filter((chain) => chain.card)
  const caveats = sharedCaveats(cards)
  return {
    subject: result.subject,
    longName: result.subject.name.length > LONG_NAME,
    day: day(result.asOf),
    asOf: moment(result.asOf),
    tool: result.tool,
    verdict: result.verdict,
    reasons: result.verdictReasons.map(shortReason),
    blockers: viewBlockers(result, findings, names),
    foremost: {
      chains: cut(chains, FOREMOST),
      actions: cut(viewRecommendations(result, findings)[0]?.items ?? [], FOREMOST),
    },
    counts: {
      findings: tally(
        SEVERITIES,
        failed.map((check) => check.severity),
      ),
      waived: findings.all.filter(({ reference }) => reference.waived).length,
      chains: tally(
        chainStates,
        result.chains.map((chain) => chain.state),
      ),
      experiments: tally(
        experimentStates,
        result.experiments.map((experiment) => experiment.state),
      ).filter(({ word, count }) => word !== 'unknown' || count > 0),
      objectives: tallyObjectives(result.recovery),
    },
    baseline: result.baseline && {
      ...result.baseline,
      asOf: moment(result.baseline.asOf),
      statuses: tally(
        STATUSES,
        failed.flatMap((check) => check.status ?? []),
      ),
    },
    coverage: viewCoverage(result),
    notDrawn: countNotDrawn(result),
    chains,
    cards: cards.map((card) => withOwnCaveats(card, caveats)),
    caveats,
    plain: viewPlain(chains),
    findings: viewFindings(result, findings, names, limits.findings),
    questions: viewQuestions(result, names),
    experiments: viewExperiments(result, names),
    runs: viewRuns(result, names),
    alertTimes: viewAlertTimes(result, names),
    loadTests: viewLoadTests(result, names),
    programme: viewProgramme(result, names),
    recovery: result.recovery.map((group) => viewRecovery(group, names, isTimedTwice(group, result))),
    system: viewSystem(result, names),
    score: viewScore(result, findings),
    recommendations: viewRecommendations(result, findings),
    waivers: findings.all.flatMap(({ check, reference }) =>
      check.waiver === null ? [] : { ...viewWaiver(check.waiver), finding: reference },
    ),
    rules: viewRules(result),
    inputs: viewInputs(result),
  }
}

/** With what happens if it stays: the first page is all that some readers see. */
function viewBlockers({ blockers, checks, rules }: Result, findings: FindingIndex, names: Names) {
  const all = blockers.map((fingerprint) => {
    const check = checks.find((each) => each.fingerprint === fingerprint)
    return {
      fingerprint,
      finding: findings.byFingerprint(fingerprint),
      component: check?.component ? names.component(check.component) : null,
      prevents: rules.find(({ id }) => id === check?.rule)?.prevents ?? null,
      remediation: check?.remediation ?? null,
      chains: names.chainsOf(check?.chains ?? []),
    }
  })
  return { total: all.length, shown: all.slice(0, BLOCKERS).map(withoutRepeat), more: all.slice(BLOCKERS) }
}

/** Those that asked nothing of this system tell apart what was looked for from what was found. */
function viewRules({ rules }: Result) {
  const hasApplied = ({ pass, fail, unknown, error }: Result['rules'][number]): boolean =>
    pass + fail + unknown + error > 0
  return {
    total: rules.length,
    applied: rules.filter(hasApplied),
    idle: rules.filter((rule) => !hasApplied(rule)),
  }
}

/** A mark of code that the cut leaves without its end would stand in the text. */
function shortReason(reason: string): string {
  return reason.length <= REASON_LENGTH ? reason : shorten(reason.replaceAll('`', ''), REASON_LENGTH)
}

interface Advice {
  finding: { id: string } | null
  prevents: string | null
  remediation: string | null
}

/** What was just said of another blocker is not said again. */
function withoutRepeat<T extends Advice>(blocker: T, index: number, all: readonly T[]) {
  const same = all.find(
    ({ prevents, remediation }) => prevents === blocker.prevents && remediation === blocker.remediation,
  )
  const isRepeat = same !== undefined && all.indexOf(same) < index && blocker.remediation !== null
  return isRepeat
    ? { ...blocker, prevents: null, remediation: null, sameAs: same.finding?.id ?? null }
    : { ...blocker, sameAs: null }
}

function viewRecommendations({ recommendations }: Result, findings: FindingIndex) {
  return GATES.map((gate) => ({
    gate,
    items: recommendations
      .filter((recommendation) => recommendation.gate === gate)
      .map(({ text, fingerprints }) => ({
        text,
        spans: findingSpans(findings.byFingerprints(fingerprints)),
      })),
  })).filter(({ items }) => items.length > 0)
}
