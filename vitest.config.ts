import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Outside VS Code there is no such module: tests of what translates its texts get these in English.
  resolve: { alias: { vscode: join(import.meta.dirname, 'test', 'unit', 'vscode.ts') } },
  test: {
    // TensorFlow.js's native engine fails in worker threads.
    pool: 'forks',
    // Two cores: one test file at a time leaves an engine's own threads room.
    maxWorkers: 2,
    // A machine that is shared may be ten times slower: what waits is patient.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    include: ['test/unit/**/*.test.ts', 'test/process/**/*.test.ts'],
  },
});
