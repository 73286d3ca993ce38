/** The engine that computes in this process. */
import type { Engine } from './engine';

let running: Pick<Engine, 'name' | 'version'> | undefined;

export function runningEngine(): Pick<Engine, 'name' | 'version'> | undefined {
  return running;
}

/** Called by whoever has started an engine. */
export function setRunningEngine({ name, version }: Pick<Engine, 'name' | 'version'>): void {
  running = { name, version };
}
