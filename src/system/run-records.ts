/** Whether anything that was read would tell that an experiment ran: only then does no run mean that there was none. */
import type { Experiment, Run } from '../facts/experiment.js'
import { experimentTools } from '../knowledge/experiment-tools.js'

/** A log that people keep tells of runs of every tool. */
const LOG = 'experiment-log'

/** Why it is not known whether it ran; null where records of its kind were read. A catalogue is read together with its log. */
export function withoutRecords({ recordedBy }: Experiment, runs: Run[]): string | null {
  if (recordedBy === undefined || runs.some(({ format }) => format === recordedBy || format === LOG))
    return null
  const tool = experimentTools()[recordedBy]
  const title = tool?.title ?? recordedBy
  if (tool?.records === null)
    return `${title} keeps no record of its runs, and no run of an ExperimentLog was read`
  const records = tool === undefined ? '' : `, such as ${tool.records},`
  return `no record of a run of ${title} was read${records} and no run of an ExperimentLog`
}
