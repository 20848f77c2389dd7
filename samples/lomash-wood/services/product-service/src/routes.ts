import { Router } from 'express'
import { cached, forget } from './cache.js'
import { loadPage, loadProduct, ping } from './database.js'

export const routes = Router()

routes.get('/healthz', async (_request, response) => {
  try {
    await ping()
    response.json({ status: 'ok' })
  } catch {
    response.status(500).json({ status: 'database unreachable' })
  }
})

routes.get('/v1/products', async (request, response, next) => {
  try {
    const page = Number(request.query.page ?? 1)
    response.json(await cached(`products:page:${page}`, () => loadPage(page)))
  } catch (error) {
    next(error)
  }
})

routes.get('/v1/products/:id', async (request, response, next) => {
  try {
    const { id } = request.params
    const product = await cached(`products:${id}`, () => loadProduct(id))
    if (product === null) response.status(404).json({ error: 'No such product.' })
    else response.json(product)
  } catch (error) {
    next(error)
  }
})

routes.post('/internal/products/:id/changed', async (request, response, next) => {
  try {
    await forget(`products:${request.params.id}`)
    response.sendStatus(204)
  } catch (error) {
    next(error)
  }
})
