import { defineConfig } from 'vitest/config';

export default defineConfig({
  // `gluewright/testing` is this repository's source here, and JavaScript where it is installed.
  ssr: { resolve: { conditions: ['gluewright-source', 'node', 'import', 'default'] } },
  test: {
    include: ['tests/**/*.test.ts'],
    setupFiles: ['./tests/same-draws.ts'],
    reporters: ['default', './tests/closing-line.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
