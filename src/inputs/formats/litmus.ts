/** Litmus: engines as definitions, results as graded runs. */
import type { Run } from '../../facts/experiment.js'
import type { Fact } from '../../facts/fact.js'
import { groupedBy } from '../../facts/grouped.js'
import { chaosFormatOf } from '../../knowledge/chaos-objects.js'
import { mentionsGroup } from '../chaos-objects.js'
import { readChaosObjects } from '../chaos-reading.js'
import type { Field } from '../field.js'
import type { Format, InputFile, Linking, Problem, ReadFile, Reading } from '../format.js'
import { objectsIn } from '../kubernetes-objects.js'
import { documentsWithin } from '../yaml/embedded.js'
import { definitionsOfEngine } from './litmus/definition.js'
import { describedObject } from './litmus/described.js'
import { readResult } from './litmus/result.js'
import { runsOfEngine } from './litmus/engine-run.js'
import { embeddedIn, type Embedded } from './litmus/workflow.js'

const NAME = 'litmus'
const GROUP = 'litmuschaos.io'
/** Namespace, engine and experiment: of what a run is part by name. The uid of its engine comes after them. */
const NAMED_BY = 3

const litmus: Format = {
  name: NAME,
  title: 'Litmus chaos engine or result',
  readsObjects: true,
  recognises: (file) => mentionsGroup(file, GROUP) || describedObject(file.text) !== null,
  read: readObjects,
  link: joinEnginesWithResults,
}
export default litmus

function readObjects(file: InputFile): Reading {
  const described = describedObject(file.text)
  if (described !== null && !mentionsGroup(file, GROUP))
    return { facts: [], problems: [], skipped: described }
  return readChaosObjects(file, GROUP, (document, problems) =>
    objectsOf(document, problems).map(({ object, workflow }) => ({
      object,
      facts: readObject(object, workflow),
    })),
  )
}

/** Also those written as text inside of a workflow of Argo, as the portal of Litmus makes them. */
function objectsOf(document: Field, problems: Problem[]): Embedded[] {
  return objectsIn(document).flatMap((object): Embedded[] => {
    if (chaosFormatOf(object.get('apiVersion').text()) === NAME) return [{ object, workflow: null }]
    return embeddedIn(object, GROUP, (at, text) => documentsWithin(at, text, problems)).filter(
      ({ object }) => chaosFormatOf(object.get('apiVersion').text()) === NAME,
    )
  })
}

/** Null for a kind that says nothing of what is planned or ran: a ChaosExperiment is the tool's own fault, not a plan. */
function readObject(object: Field, workflow: Embedded['workflow']): Fact[] | null {
  const kind = object.get('kind').text()
  if (kind === 'ChaosEngine') return [...definitionsOfEngine(object, workflow), ...runsOfEngine(object)]
  return kind === 'ChaosResult' ? readResult(object) : null
}

/** An engine repeats the verdict of its results, which say more; only the time of the end stands with the engine alone. */
function joinEnginesWithResults(files: ReadFile[]): Linking {
  const runs = files.flatMap(({ reading }) => reading.facts.filter(isOwnRun))
  const byKey = groupedBy(runs, keyOf)
  const joined = (fact: Fact): Fact[] => {
    if (!isOwnRun(fact)) return [fact]
    const others = byKey
      .get(keyOf(fact))!
      .filter((run) => isOfEngine(run) !== isOfEngine(fact) && mayBeOfOne(run, fact))
    if (isOfEngine(fact)) return others.length > 0 ? [] : [fact]
    // Exports of several runs of an engine, without its uid: whose end it is cannot be told.
    const [engine, another] = others
    return [engine && !another ? { ...fact, endedAt: fact.endedAt ?? engine.endedAt } : fact]
  }
  const revised = new Map(
    files
      .filter(({ reading }) => reading.facts.some(isOwnRun))
      .map(({ path, reading }) => [path, { ...reading, facts: reading.facts.flatMap(joined) }]),
  )
  return { facts: [], problems: [], revised }
}

function isOwnRun(fact: Fact): fact is Run {
  return fact.fact === 'run' && fact.format === NAME
}

/** Of one experiment of one engine, as its result and its engine both name it. */
function keyOf({ partOf = [] }: Run): string {
  return partOf.slice(0, NAMED_BY).join('/')
}

/** An engine that was made anew has the name of the one before, and another uid. */
function mayBeOfOne(...runs: [Run, Run]): boolean {
  const [one, other] = runs.map(({ partOf = [] }) => partOf[NAMED_BY])
  return one === undefined || other === undefined || one === other
}

function isOfEngine({ id }: Run): boolean {
  return id.startsWith('litmus-engine-')
}
