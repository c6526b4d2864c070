import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Minutes each: they begin first, so that no worker waits for one at the end. */
const LONG = [
  'trust/kill',
  'trust/model',
  'e2e/every-page',
  'trust/crash-points',
  'trust/start',
  'demo/demo',
  'trust/message-kills',
  'trust/credit-race',
  'trust/tampering',
]

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = LONG.findIndex((name) => moduleId.endsWith(`${name}.test.ts`))
      return place < 0 ? LONG.length : place
    }
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/**/*.test.ts', 'scripts/**/*.test.ts'],
    globalSetup: ['test/harness/global-setup.ts'],
    testTimeout: 90_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    pool: 'forks',
    sequence: { sequencer: LongFirst },
    env: { TZ: 'UTC' },
  },
})
