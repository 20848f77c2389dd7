import pg from 'pg'
import { log } from './log.js'

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: 5,
  connectionTimeoutMillis: 2000,
  statement_timeout: 1000,
})

pool.on('error', (error) => log.warn({ error }, 'idle database connection lost'))

const FALLBACK = 'Order {{order}} has been paid.'

/** The wording the shop chose, or a plain sentence while the database is away. */
export async function render(name: string, values: Record<string, string>): Promise<string> {
  const template = await loadTemplate(name)
  return template.replace(/\{\{(\w+)\}\}/g, (_match, key: string) => values[key] ?? '')
}

async function loadTemplate(name: string): Promise<string> {
  try {
    const { rows } = await pool.query<{ body: string }>('SELECT body FROM templates WHERE name = $1', [name])
    return rows[0]?.body ?? FALLBACK
  } catch (error) {
    log.warn({ error, name }, 'template not loaded, using the plain one')
    return FALLBACK
  }
}
