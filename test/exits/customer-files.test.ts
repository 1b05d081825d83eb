/**
 * Customer files and tables: the fields of the allow-list and no other, and no formula in a cell.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { crmCall } from '../../bot/crm/shapes.ts'
import { cell } from '../../bot/crm/table.ts'
import { TestDesk } from '../bot/desk-in-test.ts'
import { visit } from '../bot/service-in-test.ts'
import { agreeToAll } from './agreeable.ts'

const taken: { method: string; url: string; token: string; body: unknown }[] = []
const server = createServer(async (request, response) => {
  const { method = '', url = '', headers } = request
  taken.push({ method, url, token: headers.authorization ?? '', body: await json(request) })
  response.writeHead(204).end()
})
let desk: TestDesk
let lead: string
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  desk = await TestDesk.open({
    CRM: 'salesforce',
    CRM_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    CRM_TOKEN: 'token',
    PUBLIC_URL: 'https://desk.example/',
  })
  const visitor = await visit(desk.service.address)
  await visitor.post({ type: 'event', name: 'porchlight/open' })
  await agreeToAll(visitor, { 'contact/name': '=HYPERLINK("https://evil.example";"Ana") López' })
  lead = (await desk.service.house.store.leadOf(visitor.conversation))?.id ?? ''
  await desk.leadInDanger()
})
afterAll(async () => {
  await desk.close()
  server.close()
})

test('the customer file holds name, contact, time, language and link; nothing of health or insurance', async () => {
  await expect.poll(() => taken.length, { timeout: 10_000 }).toBeGreaterThan(0)
  const [first] = taken
  expect(first).toMatchObject({ method: 'PATCH', token: 'Bearer token' })
  expect(first?.url).toBe(`/services/data/v61.0/sobjects/Lead/Porchlight_Lead__c/${lead}`)
  expect(first?.body).toMatchObject({ Company: 'Individual', Phone: '+1 609 555 2368', LeadSource: 'Web chat' })
  expect(JSON.stringify(taken)).not.toMatch(/drink|Aetna|W123456789|1990|iop|crisis|audit/i)
  expect(JSON.stringify(taken)).toContain(`https://desk.example/desk#${lead}`)
})

test('HubSpot gets one contact by our own id; a file without a name has none made up', () => {
  const call = crmCall('hubspot', { lead: 'lead_1', fields: { name: 'Ana María López', email: 'a@example.org' } })
  expect(call).toMatchObject({
    path: '/crm/v3/objects/contacts/batch/upsert',
    body: {
      inputs: [
        {
          idProperty: 'porchlight_lead',
          id: 'lead_1',
          properties: { firstname: 'Ana', lastname: 'María López', email: 'a@example.org', lifecyclestage: 'lead' },
        },
      ],
    },
  })
  expect(JSON.stringify(crmCall('hubspot', { lead: 'lead_1', fields: {} }))).not.toMatch(/firstname|lastname/)
  expect(crmCall('salesforce', { lead: 'lead_1', fields: {} }).body).toMatchObject({ LastName: 'Web chat' })
})

test('the table is for the role admin, holds only leads with a permission, and no cell begins a formula', async () => {
  const [ana, chris] = [await desk.as('ana'), await desk.as('chris')]
  expect((await ana('exports/leads.csv')).body.error.code).toBe('NOT_PERMITTED')
  const answer = await chris('exports/leads.csv?state=open')
  const csv = answer.body.text as string
  expect(answer.headers.get('content-type')).toMatch(/text\/csv/)
  expect(csv.trim().split('\r\n')).toHaveLength(2)
  expect(csv).toContain(`"'=HYPERLINK(""https://evil.example"";""Ana"") López"`)
  expect(csv).toContain(`"'+1 609 555 2368"`)
  const trail = await desk.service.house.store.auditTrail(50, null)
  expect(trail.find((event) => event.event === 'leads.exported')?.detail).toMatchObject({ form: 'csv', count: 1 })
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'])('%j is text in a spreadsheet', (text) => {
  expect(cell(text)).toMatch(/^"'/)
})
