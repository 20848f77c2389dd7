import { describe, expect, it } from 'vitest'
import prismaSchema from '../../../src/inputs/formats/prisma-schema.js'

const file = (text: string) => ({ path: 'prisma/schema.prisma', text, extension: '.prisma', sha256: '' })

describe('a Prisma schema', () => {
  it('is recognised by its data source', () => {
    expect(prismaSchema.recognises(file('datasource db {\n  url = env("DATABASE_URL")\n}'))).toBe(true)
    expect(prismaSchema.recognises(file('model Order {\n  id String @id\n}'))).toBe(false)
  })

  it('gives no facts, whole or broken', () => {
    const context = { libraries: [], prefilter: true }
    expect(prismaSchema.read(file('datasource db {'), context)).toEqual({ facts: [], problems: [] })
  })
})
