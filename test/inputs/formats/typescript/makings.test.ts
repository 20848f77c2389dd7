/** A client that several callers make by one creation: where is missing what none, or only some, of them give. */
import { describe, expect, it } from 'vitest'
import { clientsIn } from './reading.js'

describe('what one creation lacks for several callers', () => {
  const made = (orders: string, stock: string): Promise<[string | undefined, number | undefined][]> =>
    clientsIn(
      `import { Pool } from 'pg'
class Database {
  readonly pool: Pool
  constructor(url: string, wait?: number) {
    this.pool = new Pool({ connectionString: url, connectionTimeoutMillis: wait })
  }
}
export const orders = new Database(${orders})
export const stock = new Database(${stock})
export const all = () => Promise.all([orders.pool.query('select 1'), stock.pool.query('select 2')])
`,
      { pg: '8.13.0' },
    ).then((clients) =>
      clients.map(({ guards }) => [
        guards['pool-acquire-timeout']?.state,
        guards['pool-acquire-timeout']?.source?.line,
      ]),
    )

  it('is missing where the client is made, when nobody gives it', async () => {
    const places = await made(`'postgres://orders/a'`, `'postgres://stock/b'`)
    expect(places).toEqual([
      ['absent', 5],
      ['absent', 5],
    ])
  })

  it('is missing at the caller, when others give it', async () => {
    const places = await made(`'postgres://orders/a', 2000`, `'postgres://stock/b'`)
    expect(places).toContainEqual(['absent', 9])
    expect(places.map(([state]) => state)).toContain('present')
  })
})
