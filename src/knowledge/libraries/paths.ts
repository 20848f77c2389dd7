/** What a library file says of classes whose methods serve paths, and of what stands before all of these. */
import * as z from 'zod'

export const paths = z.strictObject({
  /** Decorators of such classes and of their methods that answer GET. */
  controller: z.string(),
  get: z.string(),
  /** Method of the application that puts a path before all, and its option with the paths that go without. */
  globalPrefix: z.string(),
  exclude: z.string(),
  /** Method of the application that puts versions into paths, and the type by which it does. */
  versioning: z.string(),
  byPath: z.string(),
  /** What stands before the number of a version unless the option `prefix` says otherwise. */
  versionPrefix: z.string(),
  /** Decorator of a method with its version, and the name that stands for none. */
  version: z.string(),
  neutral: z.string(),
})

export type ControllerPathFacts = z.infer<typeof paths>
