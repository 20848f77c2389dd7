/** Reads Prisma schemas: no facts of their own, but the variable that holds the address of the database. */
import type { Format } from '../format.js'

const DATA_SOURCE = /^[ \t]*datasource[ \t]+\w+[ \t]*\{/m

export const prismaSchema: Format = {
  name: 'prisma-schema',
  title: 'Prisma schema',

  recognises: ({ extension, text }) => extension === '.prisma' && DATA_SOURCE.test(text),

  read: () => ({ facts: [], problems: [] }),
}

export default prismaSchema
