/** What commands compute with: an engine that is started with the first computation, and not where all is kept. */
import type { Engine, EngineChoice } from '../engine/engine';
import { startEngine } from '../engine/start';
import { explainAtCheckpoint, type ExplainAtCheckpoint } from '../computations/compute';
import type { ComputeMaps } from '../computations/heatmaps/keptMaps';
import type { Output } from './output';

export type StartEngine = () => Promise<Engine>;

/** Starts it once, and says which one it is. */
export function lazyEngine(choice: EngineChoice, output: Output): StartEngine {
  let running: Promise<Engine> | undefined;
  const start = async (): Promise<Engine> => {
    const engine = await startEngine(choice);
    output.log(`Engine: ${engine.name} (${engine.version}, ${engine.device}), ${engine.reason}`);
    return engine;
  };
  return () => (running ??= start());
}

export function mapComputer(
  start: () => Promise<unknown>,
  what: Pick<ExplainAtCheckpoint, 'model' | 'input' | 'targetLayer' | 'signal'>,
): ComputeMaps {
  return async (checkpoint, images, computed, next) => {
    await start();
    await explainAtCheckpoint({ ...what, checkpoint, next, images, computed, yieldTurn: () => Promise.resolve() });
  };
}
