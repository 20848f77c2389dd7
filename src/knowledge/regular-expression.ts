/** A regular expression in a YAML file, compiled when it is loaded: a broken one is an error with its place. */
import * as z from 'zod'

export function regularExpression(flags = ''): z.ZodPipe<z.ZodString, z.ZodTransform<RegExp, string>> {
  return z.string().transform((text, context) => {
    try {
      return new RegExp(text, flags)
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message })
      return z.NEVER
    }
  })
}
