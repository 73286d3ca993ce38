/** The engine of this process, started with the first computation: what is kept already is shown without one. */
import { InputError } from '../common/errors';
import type { Engine, EngineChoice } from '../engine/engine';

export type Starter = () => Promise<Engine>;

/** `none`: what is kept is shown, and nothing is computed, as in a folder that is not trusted. */
export type ServiceChoice = EngineChoice | 'none';

export function createStarter(choice: ServiceChoice, started: (engine: Engine) => void): Starter {
  let running: Promise<Engine> | undefined;

  async function start(): Promise<Engine> {
    if (choice === 'none') {
      throw new InputError('nothing is computed in a workspace that is not trusted', {
        advice: 'Trust the workspace, and what is missing is computed.',
      });
    }
    const { startEngine } = await import('../engine/start');
    const engine = await startEngine(choice);
    started(engine);
    return engine;
  }

  return () => {
    running ??= start().catch((error: unknown) => {
      // What was wrong may be put right by the next time.
      running = undefined;
      throw error;
    });
    return running;
  };
}
