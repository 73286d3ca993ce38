/**
 * How long a test waits for what is to come. It says nothing of how fast the extension is, which benchmarks say: it is
 * long enough for a loaded machine, and a test that passes does not wait for its end.
 */
export const PATIENCE_SECONDS = 120;
export const PATIENCE_MILLISECONDS = PATIENCE_SECONDS * 1000;
