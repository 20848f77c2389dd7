import express, { type ErrorRequestHandler } from 'express'
import pino from 'pino'
import { routes } from './routes.js'

const log = pino({ name: 'product-service' })
const app = express()

app.use(express.json())
app.use(routes)

const failed: ErrorRequestHandler = (error, request, response, _next) => {
  log.error({ error, path: request.path }, 'request failed')
  response.status(500).json({ error: 'The catalogue is not available.' })
}
app.use(failed)

app.listen(Number(process.env.PORT ?? 3000), () => {
  log.info('listening')
})
