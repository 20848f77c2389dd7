/** A file with objects of a chaos tool as a reading: what was found, what is of no use, what is broken. */
import type { Fact } from '../facts/fact.js'
import { Field } from './field.js'
import type { InputFile, Problem, Reading } from './format.js'
import { describeProblems } from './problems.js'
import { parseYaml } from './yaml/parse.js'

/** An object, with what it says: nothing for one that planned and ran nothing, null for a kind that is not used. */
export interface FoundObject {
  object: Field
  facts: Fact[] | null
}

export function readChaosObjects(
  file: InputFile,
  group: string,
  objectsOf: (document: Field, problems: Problem[]) => FoundObject[],
): Reading {
  const facts: Fact[] = []
  const problems: Problem[] = []
  const unused = new Set<string>()
  const documents = parseYaml(file)
  for (const document of documents) {
    problems.push(...document.problems)
    for (const { object, facts: found } of objectsOf(Field.of(document, problems), problems)) {
      if (found) facts.push(...found)
      const kind = object.get('kind').text() ?? 'objects without a kind'
      if (!found) unused.add(kind)
      else if (found.length === 0) unused.add(`${kind} that plans no fault and has not run`)
    }
  }
  const reading = { facts, problems }
  if (documents.length > 0 && documents.every(({ value }) => value === null))
    return { ...reading, failed: describeProblems(problems) }
  if (facts.length === 0 && problems.length === 0)
    return {
      ...reading,
      skipped:
        unused.size > 0
          ? `kinds not used: ${[...unused].sort().join(', ')}`
          : `mentions ${group}, but contains no object of it`,
    }
  return problems.length > 0 ? { ...reading, partial: describeProblems(problems) } : reading
}
