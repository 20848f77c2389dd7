/** ExperimentLog: runs of experiments, for teams whose tool writes nothing usable. */
import type { Format, InputFile, Reading } from '../format.js'
import { mentionsKind, markLost, readItems } from '../own-documents.js'
import { runOf } from './experiment-log/run.js'
import { loggedRunSchema } from './experiment-log/schema.js'

const KIND = 'ExperimentLog'

export default {
  name: 'experiment-log',
  title: 'Experiment log',

  recognises(file: InputFile): boolean {
    return mentionsKind(file, KIND)
  },

  read(file: InputFile): Reading {
    const { items, problems, lost } = readItems(file, KIND, 'runs', loggedRunSchema)
    const facts = items.map(({ value, source, sourceOf }) => {
      const run = runOf(value, source)
      if (run.fault === null) {
        const { path, line, column } = sourceOf(['fault'])
        const message = `fault "${value.fault}" is not in the vocabulary; the run joins no failure chain`
        problems.push({ path, line, column, message })
      }
      return run
    })
    return { facts, problems, ...markLost(lost, facts.length) }
  },
} satisfies Format
