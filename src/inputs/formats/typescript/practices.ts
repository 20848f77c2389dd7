/** All practices, routes and servers of a survey. */
import type { CodeFact } from '../../../facts/code.js'
import type { Survey } from './survey.js'

export function practiceFacts(survey: Survey): CodeFact[] {
  void survey
  return []
}
