import { defineConfig } from 'vitest/config';

/** `npm run deploy:ministack`: the long form, with limits for an idle machine. */
export default defineConfig({
  ssr: { resolve: { conditions: ['gluewright-source', 'node', 'import', 'default'] } },
  test: {
    include: ['tests/ministack/**/*.test.ts'],
    reporters: ['verbose', './tests/closing-line.ts'],
    env: { MINISTACK: 'all' },
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
