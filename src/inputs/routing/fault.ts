/** Something in its configuration that Alertmanager refuses. */
import type { Field } from '../field.js'

/** `doubt`: why another Alertmanager may take it. */
export interface Fault {
  field: Field
  message: string
  doubt?: string
}
