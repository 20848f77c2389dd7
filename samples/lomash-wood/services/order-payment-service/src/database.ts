import { PrismaClient } from '@prisma/client'

/** Pool size and timeouts come from the query string of DATABASE_URL, if it has one. */
export const prisma = new PrismaClient({ log: ['warn', 'error'] })

export async function isDatabaseReady(): Promise<boolean> {
  try {
    await prisma.$queryRaw`SELECT 1`
    return true
  } catch {
    return false
  }
}
