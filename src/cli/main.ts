import { Command, CommanderError } from 'commander';
import { CancelledError, isReportedError } from '../common/errors';
import { checkAddressSpaceLimit, isOutOfMemory, outOfMemory } from '../engine/memory/addressSpace';
import packageJson from '../../package.json';
import { addAdopt } from './commands/adopt';
import { addAgreement } from './commands/agreement';
import { addAttention } from './commands/attention';
import { addBenchmark } from './commands/benchmark';
import { addAttack } from './commands/attack';
import { addCalibration } from './commands/calibration';
import { addCache } from './commands/cache';
import { addEngines } from './commands/engines';
import { addEvaluate } from './commands/evaluate';
import { addExplain } from './commands/explain';
import { addExport } from './commands/export';
import { addFaithfulness } from './commands/faithfulness';
import { addFetch } from './commands/fetch';
import { addImport } from './commands/import';
import { addLayers } from './commands/layers';
import { addLocalisation } from './commands/localisation';
import { addMlflow } from './commands/mlflow';
import { addPack } from './commands/pack';
import { addPerturb } from './commands/perturb';
import { addPrune } from './commands/prune';
import { addPython } from './commands/python';
import { addReport } from './commands/report';
import { addRuns } from './commands/runs';
import { addSanity } from './commands/sanity';
import { addSetup } from './commands/setup';
import { addSweep } from './commands/sweep';
import { addStart } from './commands/start';
import { addTask } from './commands/task';
import { addTable } from './commands/table';
import { addTensorboard } from './commands/tensorboard';
import { addTrain } from './commands/train';
import { addUnpack } from './commands/unpack';
import { addVerify } from './commands/verify';
import { toleratingLostOutput } from './printing/streams';

const EXIT_DONE = 0;
const EXIT_FAILED = 1;
const EXIT_WRONG_REQUEST = 2;

const ADD_COMMANDS = [
  addTrain,
  addSweep,
  addTask,
  addFetch,
  addImport,
  addExport,
  addAdopt,
  addExplain,
  addLayers,
  addReport,
  addEvaluate,
  addPerturb,
  addAttack,
  addBenchmark,
  addAttention,
  addCalibration,
  addFaithfulness,
  addLocalisation,
  addAgreement,
  addSanity,
  addRuns,
  addTable,
  addTensorboard,
  addMlflow,
  addVerify,
  addPrune,
  addPack,
  addUnpack,
  addCache,
  addEngines,
  addPython,
  addSetup,
  addStart,
];

async function main(): Promise<number> {
  const program = new Command('epochlens')
    .description(
      'Train on CIFAR-10, keep every epoch, and see Grad-CAM, accuracy and robustness change across checkpoints.',
    )
    .version(packageJson.version)
    .exitOverride()
    .showHelpAfterError('(--help shows what there is)');
  for (const add of ADD_COMMANDS) add(program);
  program.hook('preAction', checkAddressSpaceLimit);
  try {
    await program.parseAsync();
    return EXIT_DONE;
  } catch (error) {
    return exitCodeOf(error);
  }
}

/** Says what went wrong. Of an error that is ours to mend, the stack too. */
function exitCodeOf(thrown: unknown): number {
  const error = isOutOfMemory(thrown) ? outOfMemory(thrown) : thrown;
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_DONE : EXIT_WRONG_REQUEST;
  if (isReportedError(error)) {
    if (!(error instanceof CancelledError)) process.stderr.write(`epochlens: ${error.message}\n`);
    return error.exitCode;
  }
  process.stderr.write(`epochlens: a defect of this program. Please report it with these lines.\n`);
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return EXIT_FAILED;
}

const hasLostOutput = toleratingLostOutput(process.argv.includes('--json'));

function end(code: number): void {
  process.exitCode = code;
  const exit = (): never => process.exit(code === EXIT_DONE && hasLostOutput() ? EXIT_FAILED : code);
  // A stream tells of a write that failed after its callback.
  process.stdout.write('', () => setImmediate(() => process.stderr.write('', exit)));
}

// What is thrown where nobody waits for it, as by a library that starts up, ends the process as any error does.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    end(exitCodeOf(error));
  });
}

// The engine's threads would keep the process alive, so it is ended here, once what it has said is out.
void main().then(end);
