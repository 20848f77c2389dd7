import express from 'express'
import pino from 'pino'
import { isDatabaseReady, prisma } from './database.js'
import { createIntent, readEvent, settle } from './payments.js'
import { requireCustomer } from './token-verification.js'

const log = pino({ name: 'order-payment-service' })
const app = express()

app.post('/v1/webhooks/stripe', express.raw({ type: 'application/json' }), async (request, response) => {
  try {
    await settle(readEvent(request.body, request.header('stripe-signature') ?? ''))
    response.sendStatus(200)
  } catch (error) {
    log.error({ error }, 'webhook not processed; Stripe will deliver it again')
    response.sendStatus(500)
  }
})

app.use(express.json())

app.get('/live', (_request, response) => {
  response.sendStatus(200)
})

app.get('/ready', async (_request, response) => {
  response.sendStatus((await isDatabaseReady()) ? 200 : 503)
})

app.post('/v1/payments/create-intent', requireCustomer, async (request, response) => {
  try {
    response.status(201).json(await createIntent(response.locals.customerId, request.body.totalPence))
  } catch (error) {
    log.error({ error }, 'payment intent not created')
    response.status(503).json({ error: 'Payments are not possible at the moment.' })
  }
})

const server = app.listen(Number(process.env.PORT ?? 3000), () => log.info('listening'))

process.on('SIGTERM', () => {
  log.info('draining')
  server.close(async () => {
    await prisma.$disconnect()
    process.exit(0)
  })
  setTimeout(() => process.exit(1), 25_000).unref()
})

process.on('unhandledRejection', (error) => {
  log.fatal({ error }, 'unhandled rejection')
  process.exit(1)
})
