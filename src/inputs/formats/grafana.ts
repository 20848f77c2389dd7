/** What Grafana provisions its alerting from: alert rules, contact points, notification policies, mute timings, data sources. */
import { DATA_FILES } from '../extensions.js'
import { Field } from '../field.js'
import type { Format, InputFile, Linking, Problem, ReadFile, Reading } from '../format.js'
import type { SourceTypes } from '../grafana/condition.js'
import { holdsDataSources, holdsGrafanaRouting, holdsGrafanaRules } from '../grafana/holds.js'
import { grafanaRoutings } from '../grafana/routing.js'
import { DISUSED, isDisused } from '../left-out.js'
import { describeProblems } from '../problems.js'
import { parseYaml } from '../yaml/parse.js'

const grafana: Format = {
  name: 'grafana',
  title: 'Grafana alerting provisioning',
  recognises: ({ extension, text }) =>
    DATA_FILES.includes(extension) &&
    (holdsGrafanaRules(text) || holdsGrafanaRouting(text) || holdsDataSources(text)),
  read: (file) => readFile(file, new Map()),
  link: joinFiles,
}
export default grafana

/** Rules; what the other parts say shows when all files are read. */
async function readFile(file: InputFile, sources: SourceTypes): Promise<Reading> {
  if (isDisused(file.path)) return DISUSED
  const problems: Problem[] = []
  const documents = parseYaml(file)
  const wholes = documents.map((document) => {
    problems.push(...document.problems)
    return Field.of(document, problems)
  })
  if (documents.every(({ value }) => value === null))
    return { facts: [], problems, failed: describeProblems(problems) }
  if (holdsGrafanaRouting(file.text)) grafanaRoutings(wholes)
  const groups = wholes.flatMap((whole) => whole.get('groups').items())
  // Loaded here: the PromQL parser costs more than most runs without rules take.
  const { readGrafanaGroups } = await import('../grafana/rule-groups.js')
  const { facts, paused } =
    groups.length > 0 ? readGrafanaGroups(groups, file.text, sources) : { facts: [], paused: [] }
  const reading = { facts, problems }
  if (problems.length > 0) return { ...reading, partial: describeProblems(problems) }
  if (paused.length === 0) return reading
  const words = `paused, so that nothing evaluates them: ${paused.join(', ')}`
  return facts.some(({ fact }) => fact !== 'rule-group')
    ? { ...reading, partial: `alert rules left out because they are ${words}` }
    : { facts: [], problems, skipped: `its alert rules are ${words}` }
}

/** A data source tells the language of the queries; policies route to contact points of other files. */
async function joinFiles(files: ReadFile[]): Promise<Linking> {
  const own = files.filter((file) => grafana.recognises(file) && !isDisused(file.path))
  const sources = new Map(own.filter(({ text }) => holdsDataSources(text)).flatMap(sourceTypesIn))
  const revised = new Map<string, Reading>()
  if (sources.size > 0)
    for (const file of own.filter(({ text }) => holdsGrafanaRules(text)))
      revised.set(file.path, await readFile(file, sources))
  const routing = own.filter(({ text }) => holdsGrafanaRouting(text)).flatMap((file) => fieldsOf(file))
  return { facts: grafanaRoutings(routing), problems: [], revised }
}

function sourceTypesIn(file: InputFile): [string, string][] {
  return fieldsOf(file)
    .flatMap((whole) => whole.get('datasources').items())
    .flatMap((source): [string, string][] => {
      const [uid, type] = [source.get('uid').text(), source.get('type').text()]
      return uid === null || type === null ? [] : [[uid, type]]
    })
}

/** What is wrong with them was told when they were read. */
function fieldsOf(file: InputFile): Field[] {
  return parseYaml(file).map((document) => Field.of(document, []))
}
