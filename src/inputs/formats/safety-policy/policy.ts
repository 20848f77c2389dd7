/** The policy of one environment as a fact. */
import { parseMeasure } from '../../../facts/measure.js'
import type { SafetyPolicy } from '../../../facts/safety-policy.js'
import type { Source } from '../../../facts/source.js'
import type { WeeklyWindow } from '../../../facts/weekly-window.js'
import { faultVocabulary, normaliseFault } from '../../../knowledge/faults.js'
import { secondsOf, shareOf } from '../../own-fields.js'
import type { EnvironmentPolicy } from './schema.js'
import { daysOf, minutesOf } from './week.js'

export function policyOf(
  environment: string,
  stated: EnvironmentPolicy,
  source: Source,
): { policy: SafetyPolicy; unknownFaults: string[] } {
  const limits = Object.entries(stated.limits ?? {}).map(([written, parameters]) => ({
    written,
    fault: normaliseFault(written, faultVocabulary()),
    parameters,
  }))
  return {
    policy: {
      fact: 'safety-policy',
      source,
      environment,
      forbidden: stated.forbidden ?? false,
      limits: limits.flatMap(({ fault, parameters }) =>
        fault === null
          ? []
          : Object.entries(parameters).map(([parameter, most]) => ({
              fault,
              parameter,
              most: parseMeasure(most)!,
            })),
      ),
      maxTargets: stated.maxTargets ?? null,
      maxConcurrent: stated.maxConcurrent ?? null,
      forbiddenWindows: (stated.forbiddenWindows ?? []).map(windowOf),
      requires: (stated.requires ?? []).map(String),
      approvers: (stated.approvers ?? []).map(String),
      minErrorBudget: stated.minErrorBudget === undefined ? null : shareOf(stated.minErrorBudget),
      minDaysSinceIncident: stated.minDaysSinceIncident ?? null,
      abortWhen: (stated.abortWhen ?? []).map(({ metric, op, value, unit, window }) => ({
        metric: String(metric),
        operator: op,
        value,
        unit: unit ?? null,
        windowSeconds: window === undefined ? 0 : secondsOf(window),
      })),
    },
    unknownFaults: limits.filter(({ fault }) => fault === null).map(({ written }) => written),
  }
}

function windowOf({
  days,
  from,
  to,
  zone,
}: NonNullable<EnvironmentPolicy['forbiddenWindows']>[number]): WeeklyWindow {
  const written = [days].flat()
  return {
    days: [...new Set(written.flatMap((text) => daysOf(text)!))].sort(),
    from: minutesOf(from)!,
    to: minutesOf(to)!,
    zone,
    text: `${written.join(', ')} ${from}–${to} ${zone}`,
  }
}
