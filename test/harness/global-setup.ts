import type { TestProject } from 'vitest/node'
import { dropLeftovers, ensureTemplate } from './database.ts'
import { startThrowAwayServer } from './test-server.ts'

/**
 * One server and one migrated template for the whole run. HUIKUAN_TEST_DATABASE_URL (a superuser's URL) uses a server
 * that runs already; HUIKUAN_TEST_PG=15 an installed PostgreSQL of that version; otherwise the embedded one is started.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { HUIKUAN_TEST_DATABASE_URL: url, HUIKUAN_TEST_PG: major } = process.env
  const server =
    url !== undefined && major === undefined
      ? { url, stop: async () => undefined }
      : await startThrowAwayServer(major === undefined ? {} : { major: Number(major) })
  try {
    await dropLeftovers(server.url)
    project.provide('testServer', {
      url: server.url,
      template: await ensureTemplate(server.url),
      major: major === undefined ? 18 : Number(major),
    })
  } catch (error) {
    await server.stop()
    throw error
  }
  return async () => {
    await server.stop()
  }
}
