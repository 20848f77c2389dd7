/** What code is for, as far as names tell, from `rules/policies/code-roles.yaml`. */
import * as z from 'zod'
import { words } from './code-words.js'
import { policyFile } from './policy-file.js'
import { regularExpression } from './regular-expression.js'

const names = z.array(z.string().min(1)).min(1)
const purpose = <Purpose extends string>(...purposes: [Purpose, ...Purpose[]]) =>
  z.array(z.strictObject({ for: z.enum(purposes), paths: z.array(regularExpression('i')).min(1) }))

const codeRolesSchema = z.strictObject({
  serverPackages: names,
  commandPackages: names,
  browserPackages: names,
  bundlers: names,
  renderedOnServer: names,
  builders: words,
  examplePackages: words,
  toolPackages: words,
  apart: purpose('tests', 'build'),
  beside: purpose('migration', 'script', 'example', 'configuration', 'browser'),
  templateFolders: regularExpression('i'),
  serverModules: names,
  listeningModules: names,
  serverProtocols: names,
  serverDirective: z.string(),
  serverFunctions: z.array(regularExpression()).min(1),
  browserModules: names,
  interfaceModules: words,
  browserDirective: z.string(),
  browserGlobals: z.array(z.strictObject({ objects: names, members: names })).min(1),
  extensionFolders: names,
  runsInPage: words,
})

export type CodeRoles = z.infer<typeof codeRolesSchema>

export const codeRoles = policyFile('code-roles.yaml', codeRolesSchema)
