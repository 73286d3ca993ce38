import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // TensorFlow.js's native engine fails in worker threads.
    pool: 'forks',
    // Two cores: one test file at a time leaves an engine's own threads room.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    include: ['test/unit/**/*.test.ts', 'test/process/**/*.test.ts'],
  },
});
