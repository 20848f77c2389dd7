/** What a catalogue of experiments promises to show, as the team names it. */
import type { Source } from './source.js'

export interface Requirement {
  fact: 'requirement'
  source: Source
  id: string
  title: string | null
}
