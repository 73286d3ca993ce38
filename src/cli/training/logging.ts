/** Shows a training in other tools while it runs, where the study or the environment asks for it. */
import { messageOf } from '../../common/errors';
import { shellWord } from '../../common/shellWord';
import { createFollower, type Follower } from '../../outward/follow';
import { createSender } from '../../outward/mlflow/send';
import { mlflowServer } from '../../outward/mlflow/server';
import { namesBeside } from '../../outward/names';
import { folderOfRun, tensorboardFolder } from '../../outward/tensorboard/folders';
import { createRunWriter, type RunWriter } from '../../outward/tensorboard/writeRun';
import type { Run } from '../../runs';
import type { LoggingSettings } from '../../study';
import type { TrainingEvent } from '../../training/progress';
import type { Output } from '../printing/output';

/** The setting of the editor, which a study's own word overrules: "1" or "true". */
const TENSORBOARD = 'EPOCHLENS_TENSORBOARD';

export interface TrainingLog {
  event(event: TrainingEvent): void;
  /** When the training is over, however it ended. */
  end(): Promise<void>;
}

/** Before anything is trained. @throws InputError for an MLflow server that cannot be one, or that nobody names */
export function checkLogging(logging: LoggingSettings | undefined): void {
  if (logging?.mlflow !== undefined) mlflowServer({ ofStudy: logging.mlflow.uri });
}

/** @throws InputError as `checkLogging` */
export function trainingLog(run: Run, logging: LoggingSettings | undefined, output: Output): TrainingLog {
  const { tensorboard = ['1', 'true'].includes(process.env[TENSORBOARD] ?? ''), mlflow } = logging ?? {};
  const followers = [
    ...(tensorboard ? [tensorboardFollower(run, output)] : []),
    ...(mlflow === undefined ? [] : [mlflowFollower(run, mlflow, output)]),
  ];
  return {
    event({ event }) {
      if (event === 'epoch') for (const follower of followers) follower.changed('epoch');
      if (event === 'progress') for (const follower of followers) follower.changed('step');
    },
    async end() {
      await Promise.all(followers.map((follower) => follower.end()));
    },
  };
}

function tensorboardFollower(run: Run, output: Output): Follower {
  let writer: RunWriter | undefined;
  return createFollower({
    patienceMilliseconds: 60_000,
    async tell(isEnd, signal) {
      if (writer === undefined) {
        const out = await tensorboardFolder(run);
        const name = (await namesBeside(run)).get(run.folder) ?? run.id;
        writer = createRunWriter(run, await folderOfRun(out, run.id, name, false));
        output.log(`TensorBoard:  tensorboard --logdir ${shellWord(out)}`);
      }
      await writer.write(isEnd ? 'all' : 'numbers', signal);
    },
    onProblem: (error) =>
      output.log(
        `TensorBoard files are not written: ${messageOf(error)}. The training goes on. Later:  epochlens tensorboard ${shellWord(run.folder)}`,
      ),
  });
}

function mlflowFollower(
  run: Run,
  { uri, experiment }: NonNullable<LoggingSettings['mlflow']>,
  output: Output,
): Follower {
  const server = mlflowServer({ ofStudy: uri });
  const target = { server, experiment: experiment ?? run.study.name };
  let sender: ReturnType<typeof createSender> | undefined;
  return createFollower({
    async tell(_isEnd, signal) {
      if (sender === undefined) {
        const name = (await namesBeside(run)).get(run.folder) ?? run.id;
        sender = createSender(run, { ...target, name });
        output.log(`MLflow: ${server.address}, experiment ${target.experiment}`);
      }
      await sender.send(signal);
    },
    onProblem: (error) =>
      output.log(
        `MLflow is not told: ${messageOf(error)}. The training goes on. What is missing is sent later, or by:  epochlens mlflow ${shellWord(run.folder)}`,
      ),
  });
}
