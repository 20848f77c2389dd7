/** Chaos Mesh: faults, schedules and workflows as definitions, what ran of them as graded runs, status checks as samples. */
import type { Fact } from '../../facts/fact.js'
import { chaosFormatOf, chaosObjects } from '../../knowledge/chaos-objects.js'
import { mentionsGroup } from '../chaos-objects.js'
import { readChaosObjects } from '../chaos-reading.js'
import type { Field } from '../field.js'
import type { Format, InputFile, Linking, ReadFile, Reading } from '../format.js'
import { objectsIn } from '../kubernetes-objects.js'
import { definitionOfFault, definitionsOfSchedule, definitionsOfWorkflow } from './chaos-mesh/definition.js'
import { isFaultKind } from './chaos-mesh/fault.js'
import { hasRun, readRun } from './chaos-mesh/run.js'
import { samplesOf } from './chaos-mesh/status-check.js'
import { retoldIn, runOfNode, runOfWorkflow } from './chaos-mesh/workflow-run.js'

const NAME = 'chaos-mesh'
const GROUP = 'chaos-mesh.org'

const chaosMesh: Format = {
  name: NAME,
  title: 'Chaos Mesh fault, schedule, workflow or status check',
  readsObjects: true,
  recognises: (file) => mentionsGroup(file, GROUP),
  read: readObjects,
  link: dropRetold,
}
export default chaosMesh

function readObjects(file: InputFile): Reading {
  return readChaosObjects(file, GROUP, (document) =>
    objectsIn(document)
      .filter((object) => chaosFormatOf(object.get('apiVersion').text()) === NAME)
      .map((object) => ({ object, facts: readObject(object) })),
  )
}

/** Null for a kind that says nothing of an experiment. */
function readObject(object: Field): Fact[] | null {
  const kind = object.get('kind').text() ?? ''
  if (isFaultKind(kind)) return [hasRun(object) ? readRun(object, kind) : definitionOfFault(object, kind)]
  if (kind === 'Schedule') return definitionsOfSchedule(object)
  if (kind === 'Workflow') return [...definitionsOfWorkflow(object), ...runOfWorkflow(object)]
  if (kind === 'WorkflowNode') return runOfNode(object)
  if (kind === 'StatusCheck') return samplesOf(object)
  if (kind.endsWith('Chaos') && !chaosObjects().chaosMesh.unused.includes(kind))
    object.get('kind').problem(`${kind} is no kind of Chaos Mesh that is known here: it is not read`)
  return null
}

/** A fault, the node that made it and the workflow around both may stand in different files. */
function dropRetold(files: ReadFile[]): Linking {
  const own = files.filter(({ reading }) => reading.facts.some(isOwnRun))
  const retold = retoldIn(own.flatMap(({ reading }) => reading.facts.filter(isOwnRun)))
  const revised = new Map(
    own
      .filter(({ reading }) => reading.facts.some((fact) => retold.has(fact as never)))
      .map(({ path, reading }) => [
        path,
        { ...reading, facts: reading.facts.filter((fact) => !retold.has(fact as never)) },
      ]),
  )
  return { facts: [], problems: [], revised }
}

function isOwnRun(fact: Fact): fact is Extract<Fact, { fact: 'run' }> {
  return fact.fact === 'run' && fact.format === NAME
}
