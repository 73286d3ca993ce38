const SECONDS = 2;
const FEWEST = 2;

/** Does it for a while: enough for an engine to have prepared what makes it fast, and for a mean. */
export function repeat(step: () => void): { readonly steps: number; readonly milliseconds: number } {
  const begin = performance.now();
  const passed = (): number => performance.now() - begin;
  let steps = 0;
  for (; steps < FEWEST || passed() < 1000 * SECONDS; steps++) step();
  return { steps, milliseconds: passed() };
}
