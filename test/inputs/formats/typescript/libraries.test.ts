import { describe, expect, test } from 'vitest'
import { clientsIn, factsOf, guardIn } from './reading.js'

type Case = [
  name: string,
  pattern: string,
  code: string,
  state: string,
  value?: number | null,
  versions?: Record<string, string>,
]

const HTTP: Case[] = [
  ['fetch without signal', 'http-timeout', `await fetch('https://api.example.com/x')`, 'absent'],
  [
    'fetch with AbortSignal.timeout',
    'http-timeout',
    `await fetch('https://a.example', { signal: AbortSignal.timeout(3000) })`,
    'present',
    3,
  ],
  [
    'fetch with a timeout option',
    'http-timeout',
    `await fetch('https://a.example', { timeout: 3000 })`,
    'inert',
  ],
  [
    'fetch with a signal of the caller',
    'http-timeout',
    `export const get = (signal: AbortSignal) => fetch('https://a.example', { signal })`,
    'delegated',
  ],
  [
    'fetch with options of the caller',
    'http-timeout',
    `export const get = (init: RequestInit) => fetch('https://a.example', init)`,
    'delegated',
  ],
  [
    'fetch with a controller and a timer',
    'http-timeout',
    `async function get() { const c = new AbortController(); const t = setTimeout(() => c.abort(), 2500); return fetch('https://a.example', { signal: c.signal }) }`,
    'present',
    2.5,
  ],
  [
    'fetch with a controller without a timer',
    'http-timeout',
    `async function get() { const c = new AbortController(); return fetch('https://a.example', { signal: c.signal }) }`,
    'unknown',
  ],
  [
    'fetch raced against a timer',
    'http-timeout',
    `await Promise.race([fetch('https://a.example'), new Promise((_, no) => setTimeout(no, 1000))])`,
    'present',
  ],
  [
    'axios bare',
    'http-timeout',
    `import axios from 'axios'\nawait axios.get('http://stock/items')`,
    'absent',
  ],
  [
    'axios instance with timeout',
    'http-timeout',
    `import axios from 'axios'\nconst http = axios.create({ baseURL: 'http://stock', timeout: 5 * 1000 })\nawait http.get('/x')`,
    'present',
    5,
  ],
  [
    'axios timeout 0',
    'http-timeout',
    `import axios from 'axios'\nconst http = axios.create({ timeout: 0 })\nawait http.get('/x')`,
    'inert',
  ],
  [
    'axios timeout from the environment with a fallback',
    'http-timeout',
    `import axios from 'axios'\nexport const http = axios.create({ timeout: Number(process.env.T ?? 3000) })`,
    'present',
    3,
  ],
  [
    'axios timeout from the environment alone',
    'http-timeout',
    `import axios from 'axios'\nexport const http = axios.create({ timeout: Number(process.env.T) })`,
    'unknown',
  ],
  [
    'axios timeout before a spread',
    'http-timeout',
    `import axios from 'axios'\nimport { more } from './more'\nexport const http = axios.create({ timeout: 100, ...more })`,
    'unknown',
  ],
  [
    'axios timeout after a spread',
    'http-timeout',
    `import axios from 'axios'\nimport { more } from './more'\nexport const http = axios.create({ ...more, timeout: 100 })`,
    'present',
    0.1,
  ],
  [
    'axios default for all',
    'http-timeout',
    `import axios from 'axios'\naxios.defaults.timeout = 2000\nawait axios.get('http://stock')`,
    'present',
  ],
  [
    'axios interceptor that sets a timeout',
    'http-timeout',
    `import axios from 'axios'\nconst http = axios.create({})\nhttp.interceptors.request.use((config) => { config.timeout = 1; return config })\nawait http.get('/x')`,
    'present',
    0.001,
  ],
  [
    'axios call option',
    'http-timeout',
    `import axios from 'axios'\nconst http = axios.create()\nawait http.post('/x', {}, { timeout: 700 })`,
    'present',
    0.7,
  ],
  [
    'axios by require',
    'http-timeout',
    `const axios = require('axios')\nmodule.exports.get = () => axios.get('http://stock')`,
    'absent',
  ],
  [
    'got without timeout',
    'http-timeout',
    `import got from 'got'\nawait got('http://a')`,
    'absent',
    null,
    { got: '14.0.0' },
  ],
  [
    'got with timeout.request',
    'http-timeout',
    `import got from 'got'\nawait got('http://a', { timeout: { request: 1000 } })`,
    'present',
    1,
    { got: '14.0.0' },
  ],
  [
    'ky by default',
    'http-timeout',
    `import ky from 'ky'\nawait ky.get('http://a')`,
    'present',
    10,
    { ky: '1.14.0' },
  ],
  [
    'ky switched off',
    'http-timeout',
    `import ky from 'ky'\nawait ky.get('http://a', { timeout: false })`,
    'inert',
    null,
    { ky: '1.14.0' },
  ],
  [
    'node-fetch 2 with timeout',
    'http-timeout',
    `import fetch from 'node-fetch'\nawait fetch('http://a', { timeout: 500 })`,
    'present',
    0.5,
    { 'node-fetch': '^2.7.0' },
  ],
  [
    'node-fetch 3 with timeout',
    'http-timeout',
    `import fetch from 'node-fetch'\nawait fetch('http://a', { timeout: 500 })`,
    'inert',
    null,
    { 'node-fetch': '^3.3.0' },
  ],
  [
    'superagent bare',
    'http-timeout',
    `import request from 'superagent'\nawait request.get('http://a')`,
    'absent',
    null,
    { superagent: '10.0.0' },
  ],
  [
    'superagent with timeout',
    'http-timeout',
    `import request from 'superagent'\nawait request.get('http://a').timeout(500)`,
    'present',
    null,
    { superagent: '10.0.0' },
  ],
  [
    'node:http bare',
    'http-timeout',
    `import http from 'node:http'\nhttp.get('http://a', () => {})`,
    'absent',
  ],
  [
    'node:http timeout without listener',
    'http-timeout',
    `import http from 'node:http'\nhttp.get('http://a', { timeout: 500 }, () => {})`,
    'inert',
  ],
  [
    'node:http timeout with listener',
    'http-timeout',
    `import http from 'node:http'\nconst req = http.get('http://a', { timeout: 500 }, () => {})\nreq.on('timeout', () => req.destroy())`,
    'present',
    0.5,
  ],
  [
    'HttpService bare',
    'http-timeout',
    `import { HttpService } from '@nestjs/axios'\nimport axios from 'axios'\nexport class A { constructor(private http: HttpService) {} }\naxios.get('http://a')`,
    'absent',
  ],
  [
    'undici with dispatcher',
    'http-timeout',
    `import { setGlobalDispatcher, Agent } from 'undici'\nsetGlobalDispatcher(new Agent({ headersTimeout: 1000 }))\nawait fetch('https://a.example')`,
    'present',
  ],
  ['undici request', 'http-timeout', `import { request } from 'undici'\nawait request('http://a')`, 'absent'],
]

const DATA: Case[] = [
  [
    'pg pool without options',
    'pool-acquire-timeout',
    `import { Pool } from 'pg'\nexport const pool = new Pool()`,
    'absent',
  ],
  [
    'pg pool with options',
    'pool-acquire-timeout',
    `import pg from 'pg'\nexport const pool = new pg.Pool({ connectionTimeoutMillis: 2000 })`,
    'present',
    2,
  ],
  [
    'pg statement timeout in the literal URL',
    'statement-timeout',
    `import { Pool } from 'pg'\nexport const pool = new Pool({ connectionString: 'postgres://db/shop?statement_timeout=4000' })`,
    'present',
    4,
  ],
  [
    'pg statement timeout behind a URL of the environment',
    'statement-timeout',
    `import { Pool } from 'pg'\nexport const pool = new Pool({ connectionString: process.env.DATABASE_URL })`,
    'unknown',
  ],
  [
    'pg without any statement timeout',
    'statement-timeout',
    `import { Pool } from 'pg'\nexport const pool = new Pool({ host: 'db' })`,
    'absent',
  ],
  [
    'mysql2 pool queue',
    'pool-acquire-timeout',
    `import mysql from 'mysql2/promise'\nexport const pool = mysql.createPool({ host: 'db' })`,
    'absent',
    null,
    { mysql2: '3.24.0' },
  ],
  [
    'mysql2 connect default',
    'connect-timeout',
    `import mysql from 'mysql2/promise'\nexport const pool = mysql.createPool({ host: 'db' })`,
    'present',
    10,
    { mysql2: '3.24.0' },
  ],
  [
    'knex acquire default',
    'pool-acquire-timeout',
    `import knex from 'knex'\nexport const db = knex({ client: 'pg' })`,
    'present',
    60,
    { knex: '3.3.0' },
  ],
  [
    'knex acquire disabled',
    'pool-acquire-timeout',
    `import knex from 'knex'\nexport const db = knex({ client: 'pg', acquireConnectionTimeout: 0 })`,
    'inert',
    null,
    { knex: '3.3.0' },
  ],
  [
    'sequelize without query timeout',
    'statement-timeout',
    `import { Sequelize } from 'sequelize'\nexport const db = new Sequelize({ host: 'db' })`,
    'absent',
    null,
    { sequelize: '6.37.0' },
  ],
  [
    'sequelize with query timeout',
    'statement-timeout',
    `import { Sequelize } from 'sequelize'\nexport const db = new Sequelize({ host: 'db', dialectOptions: { statement_timeout: 3000 } })`,
    'present',
    3,
    { sequelize: '6.37.0' },
  ],
  [
    'typeorm slow-query log',
    'statement-timeout',
    `import { DataSource } from 'typeorm'\nexport const db = new DataSource({ host: 'db', maxQueryExecutionTime: 1000 })`,
    'inert',
    null,
    { typeorm: '1.1.0' },
  ],
  [
    'typeorm driver option',
    'statement-timeout',
    `import { DataSource } from 'typeorm'\nexport const db = new DataSource({ host: 'db', extra: { statement_timeout: 1000 } })`,
    'present',
    1,
    { typeorm: '1.1.0' },
  ],
  [
    'prisma 6',
    'pool-acquire-timeout',
    `import { PrismaClient } from '@prisma/client'\nexport const db = new PrismaClient()`,
    'present',
    10,
    { '@prisma/client': '^6.2.0' },
  ],
  [
    'prisma 7',
    'pool-acquire-timeout',
    `import { PrismaClient } from '@prisma/client'\nexport const db = new PrismaClient({ adapter })`,
    'delegated',
    null,
    { '@prisma/client': '^7.0.0' },
  ],
  [
    'prisma adapter',
    'pool-acquire-timeout',
    `import { PrismaPg } from '@prisma/adapter-pg'\nexport const adapter = new PrismaPg({ connectionString: process.env.URL })`,
    'absent',
    null,
    { '@prisma/adapter-pg': '^7.0.0' },
  ],
  [
    'mongodb without socket timeout',
    'statement-timeout',
    `import { MongoClient } from 'mongodb'\nexport const c = new MongoClient('mongodb://db')`,
    'absent',
    null,
    { mongodb: '6.22.0' },
  ],
  [
    'mongodb timeout in the URL',
    'statement-timeout',
    `import { MongoClient } from 'mongodb'\nexport const c = new MongoClient('mongodb://db/?socketTimeoutMS=9000')`,
    'present',
    9,
    { mongodb: '6.22.0' },
  ],
  [
    'mongoose behind the environment',
    'statement-timeout',
    `import mongoose from 'mongoose'\nmongoose.connect(process.env.MONGO_URL!)`,
    'unknown',
    null,
    { mongoose: '9.0.0' },
  ],
  [
    'ioredis without command timeout',
    'redis-timeout',
    `import Redis from 'ioredis'\nexport const r = new Redis(process.env.REDIS_URL!)`,
    'absent',
    null,
    { ioredis: '^5.8.0' },
  ],
  [
    'ioredis with command timeout from a factory',
    'redis-timeout',
    `import { Redis } from 'ioredis'\nconst LIMIT = 5000\nfunction options() { return { host: 'cache', commandTimeout: LIMIT } }\nexport const r = new Redis(options())`,
    'present',
    5,
    { ioredis: '^5.8.0' },
  ],
  [
    'ioredis retry without random part',
    'retry-jitter',
    `import Redis from 'ioredis'\nexport const r = new Redis({ retryStrategy: (n) => Math.min(n * 50, 2000) })`,
    'absent',
    null,
    { ioredis: '^5.8.0' },
  ],
  [
    'node-redis 5',
    'redis-timeout',
    `import { createClient } from 'redis'\nexport const r = createClient({ url: 'redis://cache' })`,
    'absent',
    null,
    { redis: '5.8.0' },
  ],
  [
    'node-redis in a range of which a part is unchecked',
    'redis-timeout',
    `import { createClient } from 'redis'\nexport const r = createClient({ url: 'redis://cache' })`,
    'unknown',
    null,
    { redis: '>=6.1.0' },
  ],
  [
    'node-redis 5',
    'redis-timeout',
    `import { createClient } from 'redis'\nexport const r = createClient({ url: 'redis://cache' })`,
    'absent',
    null,
    { redis: '^5.8.0' },
  ],
  [
    'node-redis before and after its default changed',
    'redis-timeout',
    `import { createClient } from 'redis'\nexport const r = createClient({ url: 'redis://cache' })`,
    'unknown',
    null,
    { redis: '>=5.11.0 <6.2.0' },
  ],
  [
    'node-redis 6',
    'redis-timeout',
    `import { createClient } from 'redis'\nexport const r = createClient({ url: 'redis://cache' })`,
    'present',
    5,
    { redis: '^6.1.0' },
  ],
  [
    'node-redis in an unchecked version',
    'redis-timeout',
    `import { createClient } from 'redis'\nexport const r = createClient({ url: 'redis://cache' })`,
    'unknown',
    null,
    { redis: '^7.0.0' },
  ],
  [
    'node-redis of unknown version',
    'redis-timeout',
    `import { createClient } from 'redis'\nexport const r = createClient({ url: 'redis://cache' })`,
    'unknown',
  ],
  [
    'node-redis 6',
    'redis-timeout',
    `import { createClient } from 'redis'\nexport const r = createClient({ url: 'redis://cache' })`,
    'present',
    5,
    { redis: '^6.3.1' },
  ],
  [
    'elasticsearch 9',
    'statement-timeout',
    `import { Client } from '@elastic/elasticsearch'\nexport const c = new Client({ node: 'http://es' })`,
    'absent',
    null,
    { '@elastic/elasticsearch': '^9.4.0' },
  ],
  [
    'elasticsearch 8',
    'statement-timeout',
    `import { Client } from '@elastic/elasticsearch'\nexport const c = new Client({ node: 'http://es' })`,
    'present',
    30,
    { '@elastic/elasticsearch': '~8.11.0' },
  ],
]

const SERVICES: Case[] = [
  [
    'amqplib',
    'connect-timeout',
    `import amqp from 'amqplib'\nexport const c = await amqp.connect('amqp://mq')`,
    'absent',
    null,
    { amqplib: '0.10.9' },
  ],
  [
    'kafkajs',
    'connect-timeout',
    `import { Kafka } from 'kafkajs'\nexport const k = new Kafka({ brokers: ['mq:9092'] })`,
    'present',
    1,
    { kafkajs: '2.2.4' },
  ],
  [
    'bullmq',
    'redis-timeout',
    `import { Queue } from 'bullmq'\nimport { connection } from './redis'\nexport const q = new Queue('mail', { connection })`,
    'unknown',
    null,
    { bullmq: '5.81.0' },
  ],
  [
    'nodemailer',
    'connect-timeout',
    `import nodemailer from 'nodemailer'\nexport const t = nodemailer.createTransport({ host: 'smtp' })`,
    'present',
    120,
    { nodemailer: '6.10.0' },
  ],
  [
    'stripe default',
    'http-timeout',
    `import Stripe from 'stripe'\nexport const s = new Stripe(key)`,
    'present',
    80,
    { stripe: '17.7.0' },
  ],
  [
    'stripe 12 does not retry',
    'http-retry',
    `import Stripe from 'stripe'\nexport const s = new Stripe(key)`,
    'absent',
    0,
    { stripe: '12.18.0' },
  ],
  [
    'stripe 17 retries',
    'http-retry',
    `import Stripe from 'stripe'\nexport const s = new Stripe(key)`,
    'present',
    2,
    { stripe: '17.7.0' },
  ],
  [
    'stripe retries switched off',
    'http-retry',
    `import Stripe from 'stripe'\nexport const s = new Stripe(key, { maxNetworkRetries: 0 })`,
    'absent',
    null,
    { stripe: '17.7.0' },
  ],
  [
    'an AWS client retries once less than its attempts',
    'http-retry',
    `import { SESClient, SendEmailCommand } from '@aws-sdk/client-ses'\nconst c = new SESClient({ maxAttempts: 3 })\nawait c.send(new SendEmailCommand({}))`,
    'present',
    2,
    { '@aws-sdk/client-ses': '3.600.0' },
  ],
  [
    'one attempt is no retry',
    'http-retry',
    `import { SESClient, SendEmailCommand } from '@aws-sdk/client-ses'\nconst c = new SESClient({ maxAttempts: 1 })\nawait c.send(new SendEmailCommand({}))`,
    'absent',
    null,
    { '@aws-sdk/client-ses': '3.600.0' },
  ],
  [
    'exponential-backoff counts attempts',
    'http-retry',
    `import axios from 'axios'\nimport { backOff } from 'exponential-backoff'\nawait backOff(() => axios.get('http://a'), { numOfAttempts: 3 })`,
    'present',
    2,
  ],
  [
    'exponential-backoff makes ten attempts by default',
    'http-retry',
    `import axios from 'axios'\nimport { backOff } from 'exponential-backoff'\nawait backOff(() => axios.get('http://a'))`,
    'present',
    9,
  ],
  [
    'one attempt of exponential-backoff is no retry',
    'http-retry',
    `import axios from 'axios'\nimport { backOff } from 'exponential-backoff'\nawait backOff(() => axios.get('http://a'), { numOfAttempts: 1 })`,
    'absent',
    null,
  ],
  [
    'a jitter of none',
    'retry-jitter',
    `import axios from 'axios'\nimport { backOff } from 'exponential-backoff'\nawait backOff(() => axios.get('http://a'), { jitter: 'none' })`,
    'absent',
    null,
  ],
  [
    'a jitter of full',
    'retry-jitter',
    `import axios from 'axios'\nimport { backOff } from 'exponential-backoff'\nawait backOff(() => axios.get('http://a'), { jitter: 'full' })`,
    'present',
    null,
  ],
  [
    'cockatiel counts retries, in spite of the name',
    'http-retry',
    `import axios from 'axios'\nimport { retry, handleAll } from 'cockatiel'\nconst p = retry(handleAll, { maxAttempts: 3 })\nawait p.execute(() => axios.get('http://a'))`,
    'present',
    3,
  ],
  [
    'retries without end',
    'http-retry',
    `import axios from 'axios'\nimport pRetry from 'p-retry'\nawait pRetry(() => axios.get('http://a'), { retries: Infinity })`,
    'present',
    null,
  ],
  [
    'retries without end are not bounded',
    'retry-bounded',
    `import axios from 'axios'\nimport pRetry from 'p-retry'\nawait pRetry(() => axios.get('http://a'), { retries: Infinity })`,
    'inert',
    null,
  ],
  [
    'AWS makes three attempts by default',
    'http-retry',
    `import { SESClient, SendEmailCommand } from '@aws-sdk/client-ses'\nconst c = new SESClient({})\nawait c.send(new SendEmailCommand({}))`,
    'present',
    2,
    { '@aws-sdk/client-ses': '3.600.0' },
  ],
  [
    'twilio',
    'http-timeout',
    `import twilio from 'twilio'\nexport const c = twilio(sid, key)`,
    'present',
    30,
    { twilio: '5.0.0' },
  ],
  [
    'sendgrid',
    'http-timeout',
    `import sgMail from '@sendgrid/mail'\nawait sgMail.send({ to: 'a' })`,
    'absent',
    null,
    { '@sendgrid/mail': '8.1.6' },
  ],
  [
    'sendgrid with setTimeout',
    'http-timeout',
    `import sgMail from '@sendgrid/mail'\nsgMail.setTimeout(2000)\nawait sgMail.send({ to: 'a' })`,
    'present',
    null,
    { '@sendgrid/mail': '8.1.6' },
  ],
  [
    'slack',
    'http-timeout',
    `import { WebClient } from '@slack/web-api'\nexport const c = new WebClient(key)`,
    'absent',
    0,
    { '@slack/web-api': '7.19.0' },
  ],
  [
    'an upload of AWS, which its client bounds',
    'http-timeout',
    `import { Upload } from '@aws-sdk/lib-storage'\nexport const put = (client, Body) => new Upload({ client, params: { Body } }).done()`,
    'delegated',
    null,
    { '@aws-sdk/lib-storage': '3.1169.0' },
  ],
  [
    'googleapis',
    'http-timeout',
    `import { google } from 'googleapis'\nconst sheets = google.sheets({ version: 'v4' })\nexport const rows = () => sheets.spreadsheets.values.get({ spreadsheetId: 'a' })`,
    'absent',
    null,
    { googleapis: '171.4.0' },
  ],
  [
    'googleapis with a timeout for a call',
    'http-timeout',
    `import { google } from 'googleapis'\nexport const rows = () => google.sheets('v4').spreadsheets.values.get({ spreadsheetId: 'a' }, { timeout: 3000 })`,
    'present',
    3,
    { googleapis: '171.4.0' },
  ],
  [
    'googleapis, which retries',
    'http-retry',
    `import { google } from 'googleapis'\nexport const files = () => google.drive('v3').files.list({})`,
    'present',
    3,
    { googleapis: '144.0.0' },
  ],
  [
    'googleapis in an unchecked version',
    'http-timeout',
    `import { google } from 'googleapis'\nexport const files = () => google.drive('v3').files.list({})`,
    'unknown',
    null,
    { googleapis: '60.0.0' },
  ],
  [
    'the AI SDK',
    'http-timeout',
    `import { generateText } from 'ai'\nexport const think = (model) => generateText({ model, prompt: 'a' })`,
    'absent',
    null,
    { ai: '5.0.0' },
  ],
  [
    'the AI SDK with a signal',
    'http-timeout',
    `import { streamText } from 'ai'\nexport const think = (model) => streamText({ model, prompt: 'a', abortSignal: AbortSignal.timeout(20000) })`,
    'present',
    20,
    { ai: '6.0.0' },
  ],
  [
    'the AI SDK without retries',
    'http-retry',
    `import { generateObject } from 'ai'\nexport const think = (model) => generateObject({ model, prompt: 'a', maxRetries: 0 })`,
    'absent',
    0,
    { ai: '5.0.0' },
  ],
  [
    'openai',
    'http-timeout',
    `import OpenAI from 'openai'\nexport const c = new OpenAI()`,
    'present',
    600,
    { openai: '4.104.0' },
  ],
  [
    'aws without handler',
    'http-timeout',
    `import { S3Client } from '@aws-sdk/client-s3'\nexport const c = new S3Client({})`,
    'absent',
  ],
  [
    'aws requestTimeout alone',
    'http-timeout',
    `import { S3Client } from '@aws-sdk/client-s3'\nexport const c = new S3Client({ requestHandler: { requestTimeout: 1000 } })`,
    'inert',
    null,
    { '@smithy/node-http-handler': '4.14.2' },
  ],
  [
    'aws requestTimeout that throws',
    'http-timeout',
    `import { S3Client } from '@aws-sdk/client-s3'\nimport { NodeHttpHandler } from '@smithy/node-http-handler'\nexport const c = new S3Client({ requestHandler: new NodeHttpHandler({ requestTimeout: 1000, throwOnRequestTimeout: true }) })`,
    'present',
    1,
    { '@smithy/node-http-handler': '4.14.2' },
  ],
  [
    'grpc without deadline',
    'http-timeout',
    `const grpc = require('@grpc/grpc-js')\nconst shop = grpc.loadPackageDefinition(d).shop\nconst c = new shop.Cart('cart:7070', creds)\nc.getCart({}, (e, r) => {})`,
    'absent',
    null,
    { '@grpc/grpc-js': '1.14.0' },
  ],
  [
    'grpc with deadline',
    'http-timeout',
    `const grpc = require('@grpc/grpc-js')\nconst shop = grpc.loadPackageDefinition(d).shop\nconst c = new shop.Cart('cart:7070', creds)\nc.getCart({}, { deadline: Date.now() + 1000 }, (e, r) => {})`,
    'present',
    null,
    { '@grpc/grpc-js': '1.14.0' },
  ],
]

const WRAPPED: Case[] = [
  [
    'opossum',
    'http-timeout',
    `import CircuitBreaker from 'opossum'\nasync function get() { return fetch('http://a') }\nexport const b = new CircuitBreaker(get, { timeout: 1500 })`,
    'present',
    1.5,
    { opossum: '9.0.0' },
  ],
  [
    'opossum breaker',
    'circuit-breaker',
    `import CircuitBreaker from 'opossum'\nasync function get() { return fetch('http://a') }\nexport const b = new CircuitBreaker(get)`,
    'present',
    null,
    { opossum: '9.0.0' },
  ],
  [
    'opossum switched off',
    'http-timeout',
    `import CircuitBreaker from 'opossum'\nasync function get() { return fetch('http://a') }\nexport const b = new CircuitBreaker(get, { timeout: false })`,
    'inert',
    null,
    { opossum: '9.0.0' },
  ],
  [
    'cockatiel timeout',
    'http-timeout',
    `import { timeout, TimeoutStrategy } from 'cockatiel'\nconst limit = timeout(2000, TimeoutStrategy.Aggressive)\nexport const get = () => limit.execute(() => fetch('http://a'))`,
    'present',
    2,
  ],
  [
    'cockatiel wrap',
    'circuit-breaker',
    `import { wrap, timeout, circuitBreaker } from 'cockatiel'\nconst policy = wrap(timeout(2000, 'a'), circuitBreaker(x, {}))\nexport const get = () => policy.execute(() => fetch('http://a'))`,
    'present',
  ],
  [
    'cockatiel retry without end',
    'retry-bounded',
    `import { retry, handleAll } from 'cockatiel'\nconst policy = retry(handleAll, {})\nexport const get = () => policy.execute(() => fetch('http://a'))`,
    'absent',
    null,
    { cockatiel: '3.2.1' },
  ],
  [
    'p-retry',
    'http-retry',
    `import pRetry from 'p-retry'\nexport const get = () => pRetry(() => fetch('http://a'), { retries: 4 })`,
    'present',
    4,
  ],
  [
    'p-retry without random part',
    'retry-jitter',
    `import pRetry from 'p-retry'\nexport const get = () => pRetry(() => fetch('http://a'))`,
    'absent',
  ],
  [
    'async-retry',
    'retry-jitter',
    `import retry from 'async-retry'\nexport const get = () => retry(async () => fetch('http://a'))`,
    'present',
  ],
  [
    'axios-retry without delay',
    'retry-backoff',
    `import axios from 'axios'\nimport axiosRetry from 'axios-retry'\nconst http = axios.create()\naxiosRetry(http, { retries: 3 })\nawait http.get('/x')`,
    'absent',
    null,
    { 'axios-retry': '4.5.0' },
  ],
  [
    'axios-retry exponential',
    'retry-backoff',
    `import axios from 'axios'\nimport axiosRetry from 'axios-retry'\nconst http = axios.create()\naxiosRetry(http, { retryDelay: axiosRetry.exponentialDelay })\nawait http.get('/x')`,
    'present',
    null,
    { 'axios-retry': '4.5.0' },
  ],
  [
    'p-timeout',
    'http-timeout',
    `import pTimeout from 'p-timeout'\nexport const get = () => pTimeout(fetch('http://a'), { milliseconds: 900 })`,
    'present',
    0.9,
  ],
  [
    'p-limit',
    'bulkhead',
    `import pLimit from 'p-limit'\nconst limit = pLimit(5)\nexport const get = () => limit(() => fetch('http://a'))`,
    'present',
    5,
  ],
  [
    'p-queue without numbers',
    'bulkhead',
    `import PQueue from 'p-queue'\nconst queue = new PQueue()\nexport const get = () => queue.add(() => fetch('http://a'))`,
    'absent',
  ],
  [
    'bottleneck',
    'rate-limit',
    `import Bottleneck from 'bottleneck'\nconst limiter = new Bottleneck({ minTime: 200 })\nexport const get = () => limiter.schedule(() => fetch('http://a'))`,
    'present',
    0.2,
    { bottleneck: '2.19.5' },
  ],
  [
    'an own timeout function',
    'http-timeout',
    `function withTimeout(p, ms) { return Promise.race([p, new Promise((_, no) => setTimeout(no, ms))]) }\nexport const get = () => withTimeout(fetch('http://a'), 100)`,
    'present',
  ],
  [
    'a wrapper that cannot be followed',
    'http-timeout',
    `import { withTimeout } from './gone'\nexport const get = () => withTimeout(() => fetch('http://a'))`,
    'unknown',
  ],
]

describe.each([
  ['HTTP clients', HTTP],
  ['data stores', DATA],
  ['queues, mail, SaaS and RPC', SERVICES],
  ['guards around calls', WRAPPED],
])('%s', (_, cases) => {
  test.each(cases)('%s: %s', async (_name, pattern, code, state, value, versions) => {
    const guard = await guardIn(pattern, code, versions ?? { axios: '1.13.0', pg: '8.18.0', undici: '7.0.0' })
    expect({ state: guard.state, reason: guard.reason }).toEqual({
      state,
      reason: expect.stringMatching(/\w+/),
    })
    if (value !== undefined && value !== null) expect(guard.value).toBeCloseTo(value)
  })
})

test('what does not retry is not asked how its retries wait or end', async () => {
  const [client] = await clientsIn(
    `import axios from 'axios'\nimport pRetry from 'p-retry'\nawait pRetry(() => axios.get('http://a'), { retries: 0 })`,
    { axios: '1.13.0' },
  )
  expect(Object.keys(client!.guards)).toContain('http-retry')
  expect(Object.keys(client!.guards).filter((pattern) => /^retry-/.test(pattern))).toEqual([])
})

test('retries without end have no number', async () => {
  const code = `import axios from 'axios'\nimport pRetry from 'p-retry'\nawait pRetry(() => axios.get('http://a'), { retries: Infinity })`
  expect(await guardIn('http-retry', code, { axios: '1.13.0' })).toMatchObject({
    state: 'present',
    value: null,
  })
})

describe('calls that wait on purpose are not asked for a bound', () => {
  const SQS = `import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'\nconst sqs = new SQSClient({})\n`
  const GRPC = `import * as grpc from '@grpc/grpc-js'\nconst { Carts } = grpc.loadPackageDefinition(definition).shop\nconst carts = new Carts('carts:50051', credentials)\n`
  const asked = async (code: string, pattern = 'http-timeout'): Promise<string[]> => {
    const clients = await clientsIn(code, {
      '@smithy/node-http-handler': '4.3.0',
      ioredis: '5.4.0',
      mongodb: '6.1.0',
    })
    return clients.flatMap(({ calls }) => calls.map(({ guards }) => guards[pattern]?.state ?? 'not asked'))
  }

  test.each([
    [
      'a long poll',
      `${SQS}sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }))`,
      'not asked',
    ],
    [
      'a long poll, made before',
      `${SQS}const receive = new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 })\nsqs.send(receive)`,
      'not asked',
    ],
    ['a short poll', `${SQS}sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 0 }))`, 'absent'],
    ['a message sent', `${SQS}sqs.send(new SendMessageCommand({ QueueUrl }))`, 'absent'],
    ['a stream of events', `fetch('http://a', { headers: { Accept: 'text/event-stream' } })`, 'not asked'],
    [
      'a stream of events of a client',
      `import axios from 'axios'\naxios.create({}).get('http://a', { headers: { accept: 'text/event-stream' }, responseType: 'stream' })`,
      'not asked',
    ],
    ['JSON', `fetch('http://a', { headers: { Accept: 'application/json' } })`, 'absent'],
    ['a watch', `${GRPC}carts.watchCarts({})`, 'not asked'],
    ['a call', `${GRPC}carts.getCart({ id: 1 }, (error, cart) => cart)`, 'absent'],
  ])('%s', async (_, code, state) => {
    expect(await asked(code)).toEqual([state])
  })

  test('commands that block, and change streams', async () => {
    const redis = `import Redis from 'ioredis'\nconst redis = new Redis()\nredis.blpop('jobs', 0)\nredis.get('x')`
    expect(await asked(redis, 'redis-timeout')).toEqual(['not asked', 'absent'])
    const mongo = `import { MongoClient } from 'mongodb'\nconst client = new MongoClient('mongodb://db/shop')\nclient.db().collection('orders').watch()`
    expect(await asked(mongo, 'statement-timeout')).toEqual(['not asked'])
  })

  test('sockets and event sources are no requests', async () => {
    expect(await clientsIn(`new WebSocket('ws://a')\nnew EventSource('http://a/events')`)).toEqual([])
  })
})

test.each([
  ['4.3.0', 'present'],
  ['4.4.0', 'inert'],
  [null, 'unknown'],
])('version %s of what a dependency brings along decides', async (version, state) => {
  const handler = version && { 'node_modules/@smithy/node-http-handler': { version } }
  const [client] = await factsOf('client', {
    'package.json': '{"name":"shop","dependencies":{"@aws-sdk/client-sqs":"^3.500.0"}}',
    'package-lock.json': JSON.stringify({
      lockfileVersion: 3,
      packages: { 'node_modules/@aws-sdk/client-sqs': { version: '3.500.0' }, ...handler },
    }),
    'src/main.ts': `import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
      const sqs = new SQSClient({ requestHandler: { requestTimeout: 2000 } })
      sqs.send(new SendMessageCommand({ QueueUrl }))`,
  })
  expect(client!.guards['http-timeout']!.state).toBe(state)
})
