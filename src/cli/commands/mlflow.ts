import type { Command } from 'commander';
import { counted } from '../../common/counted';
import { createSender, type Sent } from '../../outward/mlflow/send';
import { mlflowServer } from '../../outward/mlflow/server';
import { isTrainingIn, type Run } from '../../runs';
import { readStudy, type LoggingSettings } from '../../study';
import { abortOnInterrupt } from '../interrupt';
import { namedRuns } from '../options/runsNamed';
import { createOutput } from '../printing/output';

interface Options {
  readonly uri?: string;
  readonly experiment?: string;
  readonly json?: boolean;
}

/** `mlflow`: sends what is known of runs to an MLflow tracking server. */
export function addMlflow(program: Command): void {
  program
    .command('mlflow')
    .description('send what is known of runs to an MLflow tracking server; what it has already is not sent again')
    .argument('<run-or-study>', 'a run folder, or a study file for all of its runs')
    .option('--uri <address>', 'of the server (default: the study’s, else MLFLOW_TRACKING_URI)')
    .option('--experiment <name>', 'that runs are put into (default: the study’s, else its name)')
    .option('--json', 'one JSON document on standard output')
    .action(sendToMlflow);
}

async function sendToMlflow(place: string, { uri, experiment, json = false }: Options): Promise<void> {
  const output = createOutput(json);
  const signal = abortOnInterrupt(output, 'sending');
  const runs = await namedRuns(place, output);
  const sent: (Sent & { readonly run: string; readonly address: string })[] = [];
  for (const [at, { run, name }] of runs.entries()) {
    output.progress(`${at + 1} of ${runs.length} runs`);
    const ofStudy = await mlflowOf(run);
    const server = mlflowServer({ typed: uri, ofStudy: ofStudy?.uri });
    const target = { server, experiment: experiment ?? ofStudy?.experiment ?? run.study.name, name };
    const own = ofStudy && (ofStudy.uri === undefined ? server : mlflowServer({ ofStudy: ofStudy.uri }));
    if (own?.address === server.address && (await isTrainingIn(run.folder)))
      output.log(`${name} is being trained, and sends for itself: left out.`);
    else {
      const result = await createSender(run, target).send(signal);
      sent.push({ run: run.folder, address: server.address, ...result });
      const isNew = result.metrics + result.params > 0;
      output.line(
        `${name}: ${isNew ? `${counted(result.metrics, 'number')} and ${counted(result.params, 'setting')} sent` : 'nothing new'}, run ${result.runId}`,
      );
      output.line(`  ${server.address}/#/experiments/${result.experimentId}/runs/${result.runId}`);
    }
  }
  output.document(sent);
}

/** As the study file says now; undefined where it is gone, or cannot be read. */
async function mlflowOf({ studyFile }: Run): Promise<LoggingSettings['mlflow']> {
  return readStudy(studyFile).then(
    ({ logging }) => logging?.mlflow,
    () => undefined,
  );
}
