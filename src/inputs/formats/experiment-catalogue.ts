/** ExperimentCatalogue: experiments as a team plans and schedules them. */
import type { Format, InputFile, Reading } from '../format.js'
import { mentionsKind, markLost, readItems, readFurtherItems } from '../own-documents.js'
import { experimentOf } from './experiment-catalogue/experiment.js'
import { requirementOf } from './experiment-catalogue/requirement.js'
import { cataloguedExperimentSchema, requirementSchema } from './experiment-catalogue/schema.js'

const KIND = 'ExperimentCatalogue'

export default {
  name: 'experiment-catalogue',
  title: 'Experiment catalogue',

  recognises(file: InputFile): boolean {
    return mentionsKind(file, KIND)
  },

  read(file: InputFile): Reading {
    const { items, problems, lost } = readItems(file, KIND, 'experiments', cataloguedExperimentSchema)
    const declared = readFurtherItems(file, KIND, 'requirements', requirementSchema)
    const experiments = items.map(({ value, source, sourceOf }) => {
      const experiment = experimentOf(value, source)
      if (value.fault && experiment.fault === null) {
        const { path, line, column } = sourceOf(['fault', 'type'])
        const message = `fault "${value.fault.type}" is not in the vocabulary; the experiment joins no failure chain`
        problems.push({ path, line, column, message })
      }
      return experiment
    })
    const facts = [...experiments, ...declared.items.map(({ value, source }) => requirementOf(value, source))]
    return {
      facts,
      problems: [...problems, ...declared.problems],
      ...markLost(lost + declared.lost, facts.length),
    }
  },
} satisfies Format
