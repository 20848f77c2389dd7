import express from 'express'
import { acknowledge, startEscalation } from './escalation.js'
import { log } from './log.js'
import { post, postAll } from './slack.js'
import { render } from './templates.js'

const app = express()
app.use(express.json())

app.get('/live', (_request, response) => {
  response.sendStatus(200)
})

app.post('/v1/notifications/order-paid', async (request, response) => {
  try {
    const text = await render('order-paid', { order: request.body.intentId })
    await post({ channel: '#orders', text })
    response.sendStatus(202)
  } catch (error) {
    log.error({ error }, 'notification lost')
    response.sendStatus(502)
  }
})

app.post('/v1/alerts', async (request, response) => {
  const { id, summary, channels, onCallUserId } = request.body
  startEscalation(id, onCallUserId)
  await postAll(channels.map((channel: string) => ({ channel, text: summary })))
  response.sendStatus(202)
})

app.post('/v1/alerts/:id/acknowledge', (request, response) => {
  response.sendStatus(acknowledge(request.params.id) ? 204 : 404)
})

app.listen(Number(process.env.PORT ?? 3000), () => log.info('listening'))

process.on('SIGTERM', () => {
  log.info('stopping')
  process.exit(0)
})

process.on('unhandledRejection', (error) => {
  log.error({ error }, 'unhandled rejection')
})
