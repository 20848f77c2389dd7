import express, { type ErrorRequestHandler } from 'express'
import { pool } from './database.js'
import { log } from './log.js'
import { redis } from './revocations.js'
import { routes } from './routes.js'

const app = express()
app.use(express.json({ limit: '20kb' }))
app.use(routes)

const failed: ErrorRequestHandler = (error, request, response, _next) => {
  log.error({ error, path: request.path }, 'request failed')
  response.status(503).json({ error: 'Signing in is not possible at the moment.' })
}
app.use(failed)

const server = app.listen(Number(process.env.PORT ?? 3000), () => log.info('listening'))
server.keepAliveTimeout = 65_000

process.on('SIGTERM', () => {
  log.info('draining')
  server.close(async () => {
    redis.disconnect()
    await pool.end()
    process.exit(0)
  })
  setTimeout(() => process.exit(1), 25_000).unref()
})

process.on('unhandledRejection', (error) => {
  log.fatal({ error }, 'unhandled rejection')
  process.exit(1)
})
