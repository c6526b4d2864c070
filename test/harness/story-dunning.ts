import { foundLadder } from '../../src/modules/dunning/found-ladder.command.ts'
import { owed } from './dunning.ts'
import type { Tell } from './story-teller.ts'

const WORKING_DAY = '2026-11-23T02:00:00Z'

/** Debts are chased on the working day after (the story is told on a Saturday): a customer is written to, its salesperson reminded, another one's debts are paused; a text of one's own, a further ladder and its draft. */
export async function chaseDebts(tell: Tell): Promise<void> {
  const { app, company, people, canary } = tell
  const now = app.db.now().toISOString()
  app.setNow(WORKING_DAY)
  await app.db.transaction(company.system, foundLadder)
  const email = 'chased@customer.example.com'
  await owed(app, company, { name: `${canary} chased`, email, items: [{ dueOn: '2026-09-01', amount: '60000' }], salesperson: true })
  const paused = await owed(app, company, { name: `${canary} paused`, items: [{ dueOn: '2026-11-02', amount: '7000' }] })
  await tell.post(people.collector, '/api/dunning/blocks', { customerId: paused, untilOn: '2026-12-31', reason: canary })
  const [standard] = (await tell.get(people.financeManager, '/api/dunning/ladders')).items
  const { id } = await tell.post(people.financeManager, '/api/dunning/ladders', { name: canary, copyOf: standard.id })
  const { version } = await tell.get(people.financeManager, `/api/dunning/ladders/${id}`)
  await tell.patch(people.financeManager, `/api/dunning/ladders/${id}`, { version, customerIds: [paused] })
  await tell.put(people.financeManager, '/api/dunning/templates/formal/en', { version: 0, subject: canary, body: `${canary}\n{{items}}` })
  await tell.post(people.collector, '/api/dunning/runs')
  await app.drain()
  app.setNow(now)
}
