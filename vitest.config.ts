import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A condition may take its time on a busy machine; Vitest's own second is not enough there.
    expect: { poll: { timeout: 15_000 } },
  },
})
