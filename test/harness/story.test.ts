import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from './app.ts'
import { expectBooksTrue } from './books.ts'
import { type Story, storyCompany } from './story.ts'

let app: TestApp
let story: Story
beforeAll(async () => {
  app = await startTestApp()
  story = await storyCompany(app, 'CANARY-story')
}, 120_000)
afterAll(() => app.close())

test('the company that everything has happened to keeps true books', async () => {
  expect(story.ids.length).toBeGreaterThan(25)
  await expectBooksTrue(app, story.company)
})
