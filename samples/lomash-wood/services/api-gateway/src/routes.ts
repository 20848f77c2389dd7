import { Router } from 'express'
import rateLimit from 'express-rate-limit'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { describeBasket, listProducts } from './catalogue.js'
import { auth, orders } from './clients.js'

export const routes = Router()

routes.use('/v1/auth', rateLimit({ windowMs: 60_000, limit: 20 }))

routes.get('/healthz', (_request, response) => {
  response.json({ status: 'ok' })
})

routes.get('/v1/products', async (request, response, next) => {
  try {
    response.json(await listProducts(Number(request.query.page ?? 1)))
  } catch (error) {
    next(error)
  }
})

routes.post('/v1/basket', async (request, response, next) => {
  try {
    response.json(await describeBasket(request.body.ids))
  } catch (error) {
    next(error)
  }
})

routes.post('/v1/auth/login', async (request, response, next) => {
  try {
    const login = await auth.post('/v1/auth/login', request.body)
    response.status(login.status).json(login.data)
  } catch (error) {
    next(error)
  }
})

routes.post('/v1/payments/create-intent', async (request, response, next) => {
  try {
    const intent = await orders.post('/v1/payments/create-intent', request.body, {
      headers: { authorization: request.header('authorization') ?? '' },
    })
    response.status(201).json(intent.data)
  } catch (error) {
    next(error)
  }
})

routes.get('/v1/orders/:id/updates', async (request, response, next) => {
  try {
    const url = `${process.env.ORDER_PAYMENT_SERVICE_URL}/v1/orders/${request.params.id}/updates`
    const updates = await fetch(url, { headers: { accept: 'text/event-stream' } })
    response.setHeader('content-type', 'text/event-stream')
    if (updates.body) Readable.fromWeb(updates.body as ReadableStream).pipe(response)
    else response.end()
  } catch (error) {
    next(error)
  }
})
