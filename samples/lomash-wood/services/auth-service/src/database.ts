import pg from 'pg'
import { log } from './log.js'

export interface Customer {
  id: string
  passwordHash: string
  scopes: string[]
}

export const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: 10,
  connectionTimeoutMillis: 500,
  statement_timeout: 800,
  query_timeout: 1000,
})

pool.on('error', (error) => log.warn({ error }, 'idle database connection lost'))

export async function findCustomer(email: string): Promise<Customer | null> {
  const { rows } = await pool.query<Customer>(
    'SELECT id, password_hash AS "passwordHash", scopes FROM customers WHERE email = $1',
    [email],
  )
  return rows[0] ?? null
}

export async function isRevoked(tokenId: string): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT 1 FROM revoked_tokens WHERE id = $1', [tokenId])
  return (rowCount ?? 0) > 0
}
