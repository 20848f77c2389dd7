import express, { type ErrorRequestHandler } from 'express'
import pino from 'pino'
import { register } from 'prom-client'
import { routes } from './routes.js'

const log = pino({ name: 'api-gateway' })
const app = express()

app.use(express.json())
app.use(routes)

app.get('/metrics', async (_request, response) => {
  response.type(register.contentType).send(await register.metrics())
})

const failed: ErrorRequestHandler = (error, request, response, _next) => {
  log.error({ error, path: request.path }, 'upstream call failed')
  response.status(502).json({ error: 'A service behind the gateway did not answer.' })
}
app.use(failed)

const server = app.listen(Number(process.env.PORT ?? 3000), () => log.info('listening'))

process.on('SIGTERM', () => {
  log.info('draining')
  server.close(() => process.exit(0))
  setTimeout(() => process.exit(1), 20_000).unref()
})
