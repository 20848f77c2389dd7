/** Handlers of messages: what the readers make of shapes that the rule fixtures do not show. */
import { describe, expect, test } from 'vitest'
import { practicesIn } from './reading.js'

const PRISMA = `import { PrismaClient } from '@prisma/client'\nconst db = new PrismaClient()\n`
const AMQP = `import amqp from 'amqplib'\nconst connection = await amqp.connect('amqp://broker')\nconst channel = await connection.createChannel()\n`
const KAFKA = `import { Kafka } from 'kafkajs'\nconst consumer = new Kafka({ brokers: ['kafka:9092'] }).consumer({ groupId: 'orders' })\n`
const BULL = `import { Worker } from 'bullmq'\n`
const SAVE = `await db.order.create({ data: JSON.parse(message.content.toString()) })`

type Case = [name: string, pattern: string, code: string, states: string[]]

const CASES: Case[] = [
  [
    'a channel that is typed by nobody, in a file that uses the library',
    'ack-after-work',
    `${PRISMA}import { ConsumeMessage } from 'amqplib'\nexport const run = (channel: any) => channel.consume('q', async (message: ConsumeMessage) => { channel.ack(message)\n${SAVE} })`,
    ['absent'],
  ],
  [
    'acknowledged in a try, after the work; refused when it fails',
    'ack-after-work',
    `${AMQP}${PRISMA}channel.consume('q', async (message) => { try { ${SAVE}\nchannel.ack(message) } catch { channel.nack(message) } })`,
    ['present'],
  ],
  [
    'acknowledged when it failed, before it is kept elsewhere',
    'ack-after-work',
    `${AMQP}${PRISMA}channel.consume('q', async (message) => { try { ${SAVE} } catch { channel.ack(message)\nawait db.failed.create({ data: {} }) } })`,
    [],
  ],
  [
    'acknowledged whatever happens',
    'ack-after-work',
    `${AMQP}${PRISMA}channel.consume('q', async (message) => { try { ${SAVE} } finally { channel.ack(message) } })`,
    [],
  ],
  [
    'what is counted after the acknowledgement may be lost',
    'ack-after-work',
    `${AMQP}${PRISMA}const trackOrder = () => db.metric.create({ data: {} })\nchannel.consume('q', async (message) => { ${SAVE}\nchannel.ack(message)\nawait trackOrder() })`,
    ['present'],
  ],
  [
    'an option that says the broker shall wait',
    'ack-after-work',
    `${AMQP}${PRISMA}channel.consume('q', async (message) => { ${SAVE} }, { noAck: false })`,
    [],
  ],
  [
    'an offset stored before the work',
    'ack-after-work',
    `${KAFKA}${PRISMA}await consumer.run({ autoCommit: false, eachMessage: async ({ message }) => { await consumer.commitOffsets([message])\nawait db.order.create({ data: {} }) } })`,
    ['absent', 'present'],
  ],
  [
    'work whose failure is only logged',
    'ack-after-work',
    `${BULL}${PRISMA}const place = async (order) => db.order.create({ data: order })\nnew Worker('orders', async (job) => { place(job.data).catch((error) => console.error(error)) })`,
    ['absent'],
  ],
  [
    'work that is given back',
    'ack-after-work',
    `${BULL}${PRISMA}const place = async (order) => db.order.create({ data: order })\nnew Worker('orders', (job) => place(job.data))`,
    ['present'],
  ],
  [
    'a function that is not asynchronous',
    'ack-after-work',
    `${BULL}${PRISMA}function note(order) { orders.push(order) }\nnew Worker('orders', async (job) => { note(job.data) })`,
    [],
  ],
  [
    'a worker of the process is no consumer',
    'ack-after-work',
    `import { Worker } from 'node:worker_threads'\n${PRISMA}const place = async () => db.order.create({ data: {} })\nnew Worker('./job.js', () => { place() })`,
    [],
  ],
  [
    'a hook that carries the identity of its job',
    'message-dedup',
    `${BULL}import axios from 'axios'\nnew Worker('hooks', async (job) => { await axios.post('http://mails/', { jobId: job.id }) })`,
    ['present'],
  ],
  [
    'what only reads',
    'message-dedup',
    `${BULL}import axios from 'axios'\nnew Worker('hooks', async (job) => { await axios.get('http://mails/') })`,
    [],
  ],
  [
    'a handler that is cut off',
    'message-dedup',
    `${BULL}import axios from 'axios'\nnew Worker('hooks', async (job) => { await axios.post('http://mails/', {`,
    ['unknown'],
  ],
  [
    'hooks to an address of the settings',
    'destination-limit',
    `${BULL}new Worker('hooks', async (job) => { await fetch(process.env.WEBHOOK_URL, { method: 'POST' }) })`,
    [],
  ],
]

describe('handlers of messages', () => {
  test.each(CASES)('%s (%s)', async (_, pattern, code, states) => {
    const found = (await practicesIn(code)).filter((practice) => practice.pattern === pattern)
    expect(found.map(({ state }) => state).sort()).toEqual(states)
  })
})
