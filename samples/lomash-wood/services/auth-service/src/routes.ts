import { Router } from 'express'
import { SignJWT, jwtVerify } from 'jose'
import { randomUUID, scryptSync, timingSafeEqual } from 'node:crypto'
import { findCustomer, pool } from './database.js'
import { log } from './log.js'
import { isTokenRevoked } from './revocations.js'

const secret = new TextEncoder().encode(process.env.TOKEN_SECRET)
export const routes = Router()

function matches(password: string, stored: string): boolean {
  const [salt = '', hash = ''] = stored.split(':')
  const expected = Buffer.from(hash, 'hex')
  return expected.length === 64 && timingSafeEqual(scryptSync(password, salt, 64), expected)
}

routes.get('/live', (_request, response) => {
  response.sendStatus(200)
})

routes.get('/ready', async (_request, response) => {
  try {
    await pool.query('SELECT 1')
    response.sendStatus(200)
  } catch (error) {
    log.warn({ error }, 'not ready')
    response.sendStatus(503)
  }
})

routes.post('/v1/auth/login', async (request, response, next) => {
  try {
    const customer = await findCustomer(request.body.email)
    if (!customer || !matches(request.body.password, customer.passwordHash)) {
      response.status(401).json({ error: 'E-mail or password is wrong.' })
      return
    }
    const token = await new SignJWT({ scopes: customer.scopes })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(customer.id)
      .setJti(randomUUID())
      .setExpirationTime('30m')
      .sign(secret)
    response.json({ token })
  } catch (error) {
    next(error)
  }
})

routes.post('/v1/tokens/verify', async (request, response, next) => {
  try {
    const token = request.header('authorization')?.replace(/^Bearer /, '') ?? ''
    const claims = await jwtVerify(token, secret).catch(() => null)
    if (!claims || (await isTokenRevoked(claims.payload.jti ?? ''))) {
      response.sendStatus(401)
      return
    }
    response.json({ customerId: claims.payload.sub, scopes: claims.payload.scopes })
  } catch (error) {
    next(error)
  }
})
