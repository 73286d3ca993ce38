/** The engine that a training goes on with: its own, or another that a person names. */
import { ENGINE_NAMES, engineWord, type EngineName } from '../../common/engineWords';
import { InputError, isReportedError, messageOf, WorkError } from '../../common/errors';
import type { Engine, EngineChoice } from '../../engine/engine';
import { addLaterEngine, lastEngineOf, type EngineOfRun, type Run } from '../../runs';
import type { StartEngine } from '../computing';
import type { Output } from '../printing/output';

export interface EngineToGoOn {
  readonly engine: Engine;
  /** Where it is another than before: keeps that in the run. @param fromEpoch the first that it has a part in */
  readonly onBegin?: (fromEpoch: number) => Promise<void>;
}

/**
 * @param choice 'auto' means the run's own
 * @throws WorkError where the run's own cannot be used here; InputError where another model's runs in this process
 */
export async function engineToGoOn(
  run: Run,
  { choice, start }: { readonly choice: EngineChoice; readonly start: StartEngine },
  output: Output,
): Promise<EngineToGoOn> {
  const before = lastEngineOf(run.manifest);
  const engine = choice === 'auto' ? await startOwn(run, before, start) : await start();
  if (engine.name === before.name) return { engine };
  const [was, is] = [before, engine].map(({ name }) => engineWord(name)) as [string, string];
  if (choice === 'auto') {
    throw new InputError('a training of another engine than the model before it', {
      file: run.folder,
      found: was,
      expected: is,
      advice: 'Go on with each model by itself, by --architecture NAME.',
    });
  }
  return {
    engine,
    async onBegin(fromEpoch) {
      await addLaterEngine(run, engine, fromEpoch);
      output.log(
        `From epoch ${fromEpoch} on the ${is} engine trains, before it was the ${was} one: last digits differ from a training by one engine. run.json says it.`,
      );
    },
  };
}

async function startOwn(run: Run, before: EngineOfRun, start: StartEngine): Promise<Engine> {
  const name = ENGINE_NAMES.find((known) => known === before.name);
  if (name === undefined) throw unusable(run, before, 'an engine that this version does not know');
  try {
    return await start(name);
  } catch (error) {
    throw isReportedError(error) ? unusable(run, before, messageOf(error)) : error;
  }
}

function unusable(run: Run, { name, version }: EngineOfRun, found: string): WorkError {
  const others = ENGINE_NAMES.filter((other: EngineName) => other !== name).map(engineWord);
  return new WorkError('the engine of this training cannot be used here', {
    file: run.folder,
    found,
    expected: `${engineWord(name)} (${version})`,
    advice: `Install it, or go on with another, whose last digits differ, by --engine ${others.join(' or --engine ')}.`,
  });
}
