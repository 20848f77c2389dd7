import CircuitBreaker from 'opossum'
import { Gauge } from 'prom-client'
import { products } from './clients.js'

export interface Product {
  id: string
  name: string
  pricePence: number
}

const state = new Gauge({
  name: 'circuit_breaker_state',
  help: '0 closed, 1 open',
  labelNames: ['service'],
})

let lastGoodPage: Product[] = []

async function fetchPage(page: number): Promise<Product[]> {
  const response = await products.get<Product[]>('/v1/products', { params: { page } })
  if (page === 1) lastGoodPage = response.data
  return response.data
}

const breaker = new CircuitBreaker(fetchPage, {
  timeout: 3000,
  errorThresholdPercentage: 50,
  volumeThreshold: 10,
  resetTimeout: 30_000,
})

// The shop window stays open with yesterday's prices rather than close.
breaker.fallback(() => lastGoodPage)
breaker.on('open', () => state.set({ service: 'product-service' }, 1))
breaker.on('close', () => state.set({ service: 'product-service' }, 0))

export function listProducts(page: number): Promise<Product[]> {
  return breaker.fire(page)
}

/** Basket lines carry ids only; names and prices come from the catalogue. */
export async function describeBasket(ids: string[]): Promise<Product[]> {
  return Promise.all(
    ids.map(async (id) => {
      const response = await products.get<Product>(`/v1/products/${id}`)
      return response.data
    }),
  )
}
