import { defineConfig } from 'vitest/config';

const deployments = 'tests/ministack/**/*.test.ts';

export default defineConfig({
  // `gluewright/testing` is this repository's source here, and JavaScript where it is installed.
  ssr: { resolve: { conditions: ['gluewright-source', 'node', 'import', 'default'] } },
  test: {
    setupFiles: ['./tests/same-draws.ts'],
    reporters: ['default', './tests/closing-line.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: { name: 'tests', include: ['tests/**/*.test.ts'], exclude: [deployments], sequence: { groupOrder: 0 } },
      },
      // last and alone: what is deployed there is timed
      {
        extends: true,
        test: { name: 'ministack', include: [deployments], sequence: { groupOrder: 1 }, fileParallelism: false },
      },
    ],
  },
});
