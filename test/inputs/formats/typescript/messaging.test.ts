/** Handlers of messages: what the readers make of shapes that the rule fixtures do not show. */
import { describe, expect, test } from 'vitest'
import { practicesIn } from './reading.js'

const PRISMA = `import { PrismaClient } from '@prisma/client'\nconst db = new PrismaClient()\n`
const AMQP = `import amqp from 'amqplib'\nconst connection = await amqp.connect('amqp://broker')\nconst channel = await connection.createChannel()\n`
const KAFKA = `import { Kafka } from 'kafkajs'\nconst consumer = new Kafka({ brokers: ['kafka:9092'] }).consumer({ groupId: 'orders' })\n`
const BULL = `import { Worker } from 'bullmq'\n`
const SAVE = `await db.order.create({ data: JSON.parse(message.content.toString()) })`

const AXIOS = `import axios from 'axios'\nconst send = (data: object) => axios.post('http://mails/', data)\n`
const NEST = `${AXIOS}import { Processor, WorkerHost } from '@nestjs/bullmq'\n@Processor('mails') export class Mails extends WorkerHost {`
const LOGS = `catch (error) { console.error(error) }`

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
    'a worker of NestJS that only logs',
    'swallowed-error',
    `${NEST} async process(job) { try { await send(job.data) } ${LOGS} } }`,
    ['absent'],
  ],
  [
    'a worker of NestJS that hands the job on to a method that only logs',
    'swallowed-error',
    `${NEST} async process(job) { return this.send(job) }\nasync send(job) { const to = job.data.to\ntry { await send(to) } ${LOGS} } }`,
    ['absent'],
  ],
  [
    'a worker that picks the method by the name of the job',
    'swallowed-error',
    `${NEST} readonly by = { mail: async (job) => { await this.send(job) } }\nasync process(job) { await this.by[job.name](job) }\nasync send(job) { try { await send(job.data) } ${LOGS} } }`,
    ['absent'],
  ],
  [
    'a worker that looks at what the method gives',
    'swallowed-error',
    `${NEST} async process(job) { if (!(await this.sent(job))) throw new Error('not sent') }\nasync sent(job) { try { await send(job.data)\nreturn true } catch (error) { console.error(error)\nreturn false } } }`,
    ['present'],
  ],
  [
    'a worker of NestJS that lets the failure through',
    'swallowed-error',
    `${NEST} async process(job) { try { await send(job.data) } catch (error) { console.error(error)\nthrow error } } }`,
    ['present'],
  ],
  [
    'a worker that tells of it after the catch',
    'swallowed-error',
    `${NEST} async process(job) { let ended\ntry { ended = await send(job.data) } ${LOGS}\nif (!ended) throw new Error('not sent') } }`,
    ['present'],
  ],
  [
    'a job that gives up as if it were done',
    'swallowed-error',
    `${NEST} async process(job) { try { await send(job.data) } catch (error) { console.error(error)\nreturn false } } }`,
    ['absent'],
  ],
  [
    'a job whose answer may tell of it',
    'swallowed-error',
    `${NEST} async process(job) { try { await send(job.data) } catch (error) { console.error(error)\nreturn { sent: false } } } }`,
    ['unknown'],
  ],
  [
    'a step beside the work',
    'swallowed-error',
    `${NEST} async process(job) { await send(job.data)\ntry { await this.count(job) } ${LOGS} }\nasync count(job) {} }`,
    [],
  ],
  [
    'a method of NestJS for jobs of one kind',
    'swallowed-error',
    `${AXIOS}import { Processor, Process } from '@nestjs/bull'\n@Processor('mails') export class Mails { @Process('mail') async mail(job) { try { await send(job.data) } ${LOGS} } }`,
    ['absent'],
  ],
  [
    'a class that is cut off',
    'swallowed-error',
    `${NEST} async process(job) { try { await send(job.data) } ${LOGS}`,
    ['absent'],
  ],
  [
    'a decorator of another library',
    'swallowed-error',
    `${AXIOS}import { Process } from 'elsewhere'\nexport class Mails { @Process('mail') async mail(job) { try { await axios.get('http://mails/') } ${LOGS} } }`,
    [],
  ],
  [
    'a subscriber of RabbitMQ whose message may be dropped',
    'swallowed-error',
    `${AXIOS}import { RabbitSubscribe } from '@golevelup/nestjs-rabbitmq'\nexport class Mails { @RabbitSubscribe({ queue: 'mails' }) async mail(message) { try { await send(message) } catch (error) { /* best effort */ console.error(error) } } }`,
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
