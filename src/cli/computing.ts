/** What commands compute with: an engine that is started with the first computation, and not where all is kept. */
import { engineWord } from '../common/engineWords';
import { openComputations, type Computations } from '../computations';
import { counted } from '../common/counted';
import { messageOf } from '../common/errors';
import type { Dataset } from '../datasets';
import { loadRunData } from '../datasets/runData';
import type { Engine, EngineChoice, EngineName } from '../engine/engine';
import { startEngine } from '../engine/start';
import { currentStudy, selectCheckpoints, type Run } from '../runs';
import type { Study } from '../study';
import type { Output } from './printing/output';
import { showDataProgress } from './printing/progress';

/** @param begunWith of a training that goes on, its engine, which 'auto' then means */
export type StartEngine = (begunWith?: EngineName) => Promise<Engine>;

/** Starts it once, and says which one it is. */
export function lazyEngine(choice: EngineChoice, output: Output): StartEngine {
  let running: Promise<Engine> | undefined;
  const start = async (begunWith?: EngineName): Promise<Engine> => {
    const engine = await (choice === 'auto' && begunWith !== undefined
      ? startEngine(begunWith, 'that of this training')
      : startEngine(choice));
    const on = [
      engine.version,
      engine.device,
      ...(engine.threads === undefined ? [] : [counted(engine.threads, 'thread')]),
    ];
    output.log(`Engine: ${engineWord(engine.name)} (${on.join(', ')}), ${engine.reason}`);
    return engine;
  };
  return (begunWith) => (running ??= start(begunWith));
}

export function computationsOf(start: StartEngine, output: Output): Computations {
  const said = new Set<string>();
  return openComputations({
    start,
    onWarning(text, error) {
      const line = error === undefined ? text : `${text}: ${messageOf(error)}`;
      // A folder that cannot be written to is found so at every checkpoint.
      if (!said.has(line)) output.log(line);
      said.add(line);
    },
  });
}

/** What a command is about, of a run. */
export interface Subject {
  /** The one that counts: see `studyInForce`. */
  readonly study: Study;
  /** Of the checkpoints that are meant. */
  readonly epochs: readonly number[];
}

/** @param asked epochs; the study's, as far as they are there, when absent */
export async function subjectOf(run: Run, asked: 'all' | readonly number[] | undefined): Promise<Subject> {
  const study = await currentStudy(run);
  const wanted = asked ?? study.explain.checkpoints;
  const found = await selectCheckpoints(run, wanted, asked === undefined ? 'skip' : 'refuse');
  return { study, epochs: found.map(({ epoch }) => epoch) };
}

/** All of the run's data, held against what the run was made with. @throws InputError naming the file that differs */
export function checkedData(run: Run, output: Output): Promise<Dataset> {
  return loadRunData(run, { progress: showDataProgress(output) });
}
