import pg from 'pg'

export interface ProductRow {
  id: string
  name: string
  range: string
  price_pence: number
}

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: 20,
})

const PAGE_SIZE = 24

export async function loadPage(page: number): Promise<ProductRow[]> {
  const { rows } = await pool.query<ProductRow>(
    'SELECT id, name, range, price_pence FROM products ORDER BY range, name LIMIT $1 OFFSET $2',
    [PAGE_SIZE, (page - 1) * PAGE_SIZE],
  )
  return rows
}

export async function loadProduct(id: string): Promise<ProductRow | null> {
  const { rows } = await pool.query<ProductRow>(
    'SELECT id, name, range, price_pence FROM products WHERE id = $1',
    [id],
  )
  return rows[0] ?? null
}

export async function ping(): Promise<void> {
  await pool.query('SELECT 1')
}
