import axios from 'axios'
import axiosRetry from 'axios-retry'

export const products = axios.create({
  baseURL: process.env.PRODUCT_SERVICE_URL,
  timeout: 2000,
})

// Reads of the catalogue are safe to repeat.
axiosRetry(products, { retries: 3 })

export const orders = axios.create({
  baseURL: process.env.ORDER_PAYMENT_SERVICE_URL,
  headers: { 'x-caller': 'api-gateway' },
})

export const auth = axios.create({
  baseURL: process.env.AUTH_SERVICE_URL,
  timeout: 1500,
})

axiosRetry(auth, {
  retries: 2,
  retryDelay: axiosRetry.exponentialDelay,
  retryCondition: axiosRetry.isNetworkOrIdempotentRequestError,
})
