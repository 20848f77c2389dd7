/** Clients that keep a connection: sockets, proxies, directories, mailboxes and files elsewhere. */
import { expect, test } from 'vitest'
import { clientsIn, describeLibraries, type LibraryCase } from './reading.js'

const T = 'http-timeout'
const C = 'connect-timeout'
const E = 'client-error-listener'

const WS = `import WebSocket from 'ws'\n`
const IO = `import { io } from 'socket.io-client'\n`
const HPM = `import { createProxyMiddleware } from 'http-proxy-middleware'\n`
const PROXY = `import httpProxy from 'http-proxy'\n`
const LDAP = `import { Client } from 'ldapts'\n`
const FTP = `import { Client } from 'basic-ftp'\n`
const SFTP = `import SftpClient from 'ssh2-sftp-client'\nconst sftp = new SftpClient()\n`
const IMAP = `import { ImapFlow } from 'imapflow'\n`
const GIT = `import { simpleGit } from 'simple-git'\n`

const PUPPETEER = `import puppeteer from 'puppeteer'\nconst browser = await puppeteer.launch()\nconst page = await browser.newPage()\n`
const PLAYWRIGHT = `import { chromium } from 'playwright'\nconst browser = await chromium.launch()\nconst page = await (await browser.newContext()).newPage()\n`

const CASES: LibraryCase[] = [
  ['ws', '8.23.0', `${WS}export const socket = new WebSocket('wss://prices.example')`, C, 'absent'],
  [
    'ws',
    '8.23.0',
    `${WS}export const socket = new WebSocket('wss://prices.example', { handshakeTimeout: 5000 })`,
    C,
    'present',
    5,
  ],
  [
    'ws',
    '8.23.0',
    `${WS}export const socket = new WebSocket('wss://prices.example', [], options)`,
    C,
    'unknown',
  ],
  ['ws', '8.23.0', `${WS}const socket = new WebSocket(url)\nsocket.on('message', show)`, E, 'absent'],
  ['ws', '8.23.0', `${WS}const socket = new WebSocket(url)\nsocket.on('error', log)`, E, 'present'],
  [
    'ws',
    '8.23.0',
    `${WS}const socket = new WebSocket(url)\nsocket.addEventListener('error', log)`,
    E,
    'present',
  ],
  ['ws', '8.23.0', `${WS}const socket = new WebSocket(url)\nsocket.onerror = log`, E, 'present'],
  ['ws', '8.23.0', `${WS}const socket = new WebSocket(url)\nsocket.onmessage = show`, E, 'absent'],
  [
    'ws',
    '8.23.0',
    `${WS}class Prices {\n  socket = new WebSocket(url)\n  open() { this.socket.onerror = (error) => this.close(error) }\n}\nnew Prices().open()`,
    E,
    'present',
  ],
  [
    'ws',
    '8.23.0',
    `${WS}const sockets = [new WebSocket(url)]\nfor (const one of sockets) one.onerror = log`,
    E,
    'unknown',
  ],
  ['socket.io-client', '4.8.4', `${IO}export const socket = io('http://chat')`, C, 'present', 20],
  [
    'socket.io-client',
    '4.8.4',
    `${IO}const socket = io('http://chat')\nawait socket.emitWithAck('a')`,
    T,
    'absent',
  ],
  [
    'socket.io-client',
    '4.8.4',
    `${IO}const socket = io('http://chat', { ackTimeout: 4000 })\nawait socket.emitWithAck('a')`,
    T,
    'present',
    4,
  ],
  [
    'socket.io-client',
    '4.8.4',
    `${IO}const socket = io('http://chat')\nawait socket.timeout(4000).emitWithAck('a')`,
    T,
    'present',
    4,
  ],
  [
    'socket.io-client',
    '4.8.4',
    `${IO}const socket = io('http://chat')\nawait socket.compress(true).emitWithAck('a')`,
    T,
    'absent',
  ],
  [
    'socket.io-client',
    '4.8.4',
    `${IO}const socket = io('http://chat')\nawait socket.timeout(longEnough()).emitWithAck('a')`,
    T,
    'present',
  ],
  [
    'http-proxy-middleware',
    '3.0.10',
    `${HPM}export const proxy = createProxyMiddleware({ target: 'http://shop' })`,
    T,
    'absent',
  ],
  [
    'http-proxy-middleware',
    '3.0.10',
    `${HPM}export const proxy = createProxyMiddleware({ target: 'http://shop', proxyTimeout: 9000 })`,
    T,
    'present',
    9,
  ],
  [
    'http-proxy-middleware',
    '3.0.10',
    `${HPM}export const proxy = createProxyMiddleware(options)`,
    T,
    'unknown',
  ],
  [
    'http-proxy',
    '1.18.1',
    `${PROXY}const proxy = httpProxy.createProxyServer({ target: 'http://shop' })\nproxy.web(req, res)`,
    T,
    'absent',
  ],
  [
    'http-proxy',
    '1.18.1',
    `${PROXY}const proxy = httpProxy.createProxyServer()\nproxy.web(req, res, { target: 'http://shop', proxyTimeout: 9000 })`,
    T,
    'present',
    9,
  ],
  ['ldapts', '8.2.0', `${LDAP}await new Client({ url: 'ldap://people' }).search('o=a')`, T, 'absent'],
  [
    'ldapts',
    '8.2.0',
    `${LDAP}await new Client({ url: 'ldap://people', timeout: 3000 }).search('o=a')`,
    T,
    'present',
    3,
  ],
  [
    'ldapts',
    '8.2.0',
    `${LDAP}await new Client({ url: 'ldap://people', timeout: 3000 }).search('o=a')`,
    C,
    'absent',
  ],
  [
    'basic-ftp',
    '5.0.0',
    `${FTP}const ftp = new Client()\nawait ftp.access({ host: 'files' })`,
    T,
    'present',
    30,
  ],
  [
    'basic-ftp',
    '5.0.0',
    `${FTP}const ftp = new Client(5000)\nawait ftp.access({ host: 'files' })`,
    T,
    'present',
    5,
  ],
  ['basic-ftp', '5.0.0', `${FTP}const ftp = new Client(0)\nawait ftp.access({ host: 'files' })`, T, 'inert'],
  [
    'ssh2-sftp-client',
    '12.1.1',
    `${SFTP}await sftp.connect({ host: 'files' })\nawait sftp.get('a')`,
    T,
    'unknown',
  ],
  [
    'imapflow',
    '1.7.8',
    `${IMAP}const mail = new ImapFlow({ host: 'mail' })\nawait mail.search({})`,
    T,
    'present',
    300,
  ],
  [
    'imapflow',
    '1.7.8',
    `${IMAP}const mail = new ImapFlow({ host: 'mail' })\nawait mail.search({})`,
    C,
    'present',
    90,
  ],
  [
    'imapflow',
    '2.10.2',
    `${IMAP}const mail = new ImapFlow({ host: 'mail' })\nawait mail.search({})`,
    C,
    'unknown',
  ],
  ['simple-git', '3.36.0', `${GIT}await simpleGit('/work').clone('https://git.example/shop')`, T, 'absent'],
  [
    'simple-git',
    '3.36.0',
    `${GIT}await simpleGit({ baseDir: '/work', timeout: { block: 30000 } }).fetch()`,
    T,
    'present',
    30,
  ],
  ['puppeteer', '24.43.1', `${PUPPETEER}await page.goto('https://shop.example')`, T, 'present', 30],
  ['puppeteer', '24.43.1', `${PUPPETEER}await page.goto(url, { timeout: 5000 })`, T, 'present', 5],
  ['puppeteer', '24.43.1', `${PUPPETEER}await page.goto(url, { timeout: 0 })`, T, 'inert'],
  ['playwright', '1.65.1', `${PLAYWRIGHT}await page.goto(url)`, T, 'present', 30],
  ['playwright', '1.65.1', `${PLAYWRIGHT}await page.goto(url, { timeout: 0 })`, T, 'inert'],
]

describeLibraries(CASES)

test('a client that asks for no acknowledgement waits for none', async () => {
  const code = `${IO}const socket = io('http://chat')\nsocket.emit('hello')`
  const [client] = await clientsIn(code, { 'socket.io-client': '4.8.4' })
  expect(client?.guards[T]).toBeUndefined()
  expect(client?.guards[C]?.state).toBe('present')
})

test('what a server of ws accepts is no client of it, and git on the disk asks nobody', async () => {
  const clients = await clientsIn(
    `import { WebSocketServer, type WebSocket } from 'ws'\nimport { simpleGit } from 'simple-git'
     const server = new WebSocketServer({ port: 80 })
     server.on('connection', (socket: WebSocket) => socket.send('hello'))
     await simpleGit('/work').status()`,
    { ws: '8.23.0', 'simple-git': '3.36.0' },
  )
  expect(clients.filter(({ library }) => library === 'ws')).toEqual([])
  expect(clients.flatMap(({ calls }) => calls)).toEqual([])
})

test('a proxy is not asked for an error listener: a callback of `web` takes the failure as well', async () => {
  const code = `${PROXY}const proxy = httpProxy.createProxyServer()\nproxy.web(req, res, { target: 'http://shop' }, failed)`
  const [client] = await clientsIn(code, { 'http-proxy': '1.18.1' })
  expect(client?.guards[E]).toBeUndefined()
})

test.each([
  ['assigned where none is', `socket.onerror ??= console.error`, 'present'],
  ['assigned by a written name', `socket['onerror'] = console.error`, 'present'],
  ['taken away again', `socket.onerror = null`, 'absent'],
])('a listener that is %s', async (_, statement, state) => {
  const [client] = await clientsIn(
    `${WS}const socket = new WebSocket('wss://prices.example')\n${statement}`,
    { ws: '8.23.0' },
  )
  expect(client?.guards[E]?.state).toBe(state)
})
