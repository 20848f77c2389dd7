/** A step of an experiment as the platforms write it: what it does, and what it hits. */
import type { Field } from '../field.js'
import type { StepRole } from './roles.js'

export interface Step {
  at: Field
  /** As people called it, else the kind of action. */
  name: string
  role: StepRole
  fault: string | null
  target: string | null
  /** Whether it says which of all resources it hits. */
  isScoped: boolean
  /** Seconds that it lasts; null for one that is done at once or states none. */
  lasts: number | null
}
