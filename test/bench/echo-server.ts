/**
 * The yardstick: Express 5, one route, JSON in, JSON out, nothing else.
 */
import type { AddressInfo } from 'node:net'
import express from 'express'

const app = express()
app.use(express.json())
app.post('/echo', (request, response) => void response.json(request.body))
const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
