import type { RequestHandler } from 'express'
import pino from 'pino'

const log = pino({ name: 'order-payment-service' })

interface Claims {
  customerId: string
  scopes: string[]
}

async function verify(token: string): Promise<Claims | null> {
  const response = await fetch(`${process.env.AUTH_SERVICE_URL}/v1/tokens/verify`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  })
  if (response.status === 401) return null
  if (!response.ok) throw new Error(`auth-service answered ${response.status}`)
  return (await response.json()) as Claims
}

export const requireCustomer: RequestHandler = async (request, response, next) => {
  const token = request.header('authorization')?.replace(/^Bearer /, '')
  if (!token) {
    response.status(401).json({ error: 'Sign in first.' })
    return
  }
  try {
    const claims = await verify(token)
    if (claims === null) {
      response.status(401).json({ error: 'The session has ended; sign in again.' })
      return
    }
    response.locals.customerId = claims.customerId
    next()
  } catch (error) {
    log.error({ error, upstream: 'auth-service' }, 'token verification failed')
    response.status(503).json({ error: 'Signing in is not possible at the moment.' })
  }
}
