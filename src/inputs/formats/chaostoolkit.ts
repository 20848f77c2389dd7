/** Chaos Toolkit: journals as graded runs, experiments as definitions. */
import type { Format, InputFile, Reading } from '../format.js'
import { isExperiment, readExperiment } from './chaostoolkit/experiment.js'
import { parsePythonJson } from './chaostoolkit/json.js'
import { readRun } from './chaostoolkit/run.js'
import { fieldsOf } from './chaostoolkit/values.js'

const JOURNAL_KEY = '"chaoslib-version"'
/** Chaos Toolkit writes it first. */
const JOURNAL_START = /^\uFEFF?\s*\{\s*"chaoslib-version"\s*:/

const chaostoolkit = {
  name: 'chaostoolkit',
  title: 'Chaos Toolkit journal or experiment',
  standsAlone: true,

  /** What its actions were given and its probes were answered may look like anything, such as objects of Chaos Mesh. */
  begins: ({ extension, text }: InputFile) => extension === '.json' && JOURNAL_START.test(text),

  recognises(file: InputFile): boolean {
    return isJournal(file) || isExperiment(file)
  },

  read(file: InputFile): Reading {
    return isJournal(file) ? readJournalFile(file) : readExperiment(file)
  },
} satisfies Format

function isJournal({ extension, text }: InputFile): boolean {
  return extension === '.json' && text.includes(JOURNAL_KEY)
}

function readJournalFile(file: InputFile): Reading {
  const parsed = parsePythonJson(file.text)
  if ('fault' in parsed) {
    const before = file.text.slice(0, parsed.fault.offset).split('\n')
    const message = `${parsed.fault.message}; export the journal again`
    return {
      facts: [],
      problems: [{ path: file.path, line: before.length, column: before.at(-1)!.length + 1, message }],
      failed: parsed.fault.message,
    }
  }
  const document = fieldsOf(parsed.value)
  if (!document || !('chaoslib-version' in document)) {
    return { facts: [], problems: [], skipped: 'mentions chaoslib-version, but is no journal' }
  }
  return { facts: [readRun(file, document)], problems: [] }
}

export default chaostoolkit
