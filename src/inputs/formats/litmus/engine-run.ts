/** What the status of a ChaosEngine says of its runs: a verdict and the time of the end, nothing of the fault. */
import type { Run } from '../../../facts/experiment.js'
import { identityOf, timeOf } from '../../chaos-objects.js'
import type { Field } from '../../field.js'
import { emptyRun } from './result.js'
import { isOpen, meaning, verdictOf } from './words.js'
import { unknownState } from '../../chaos-tools/grading.js'

const UID_SHOWN = 8

/** None for an engine that did not run. */
export function runsOfEngine(engine: Field): Run[] {
  const identity = identityOf(engine)
  return engine
    .get('status', 'experiments')
    .items()
    .filter((experiment) => experiment.get('name').exists)
    .map((experiment) => {
      const [name, verdict] = [experiment.get('name').text(), experiment.get('verdict').text()]
      return {
        ...emptyRun(engine, identity, [identity.name, name, identity.uid]),
        id: ['litmus-engine', identity.namespace, identity.name, name, identity.uid?.slice(0, UID_SHOWN)]
          .filter(Boolean)
          .join('-'),
        source: experiment.source,
        startedAt: identity.createdAt,
        endedAt: timeOf(experiment.get('lastUpdateTime')),
        verdict: verdictOf(verdict),
        reasons: [
          'an engine repeats the verdict, without targets and probes: export its ChaosResult too',
          ...(verdict !== null && meaning('run', verdict) === null
            ? [unknownState('the verdict', verdict).reason]
            : []),
          ...(isOpen(verdict)
            ? [
                `no verdict: the run was not finished, or crashed (${experiment.get('status').text() ?? 'no status'})`,
              ]
            : []),
        ],
      }
    })
}
