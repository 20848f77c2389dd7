/** A file that says under which variable the address of a database is given, and which kind of database it is. */
import * as z from 'zod'
import { regularExpression } from '../regular-expression.js'

export const addressFile = z.strictObject({
  file: z.string(),
  variable: regularExpression(),
  /** What it says where the database is a file of the process. */
  embedded: regularExpression().optional(),
})
