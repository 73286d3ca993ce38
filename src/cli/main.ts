import { Command, CommanderError } from 'commander';
import { CancelledError, isReportedError } from '../common/errors';
import packageJson from '../../package.json';
import { addAdopt } from './commands/adopt';
import { addAttention } from './commands/attention';
import { addEngines } from './commands/engines';
import { addEvaluate } from './commands/evaluate';
import { addExplain } from './commands/explain';
import { addExport } from './commands/export';
import { addFetch } from './commands/fetch';
import { addImport } from './commands/import';
import { addPerturb } from './commands/perturb';
import { addReport } from './commands/report';
import { addStart } from './commands/start';
import { addTrain } from './commands/train';

const EXIT_DONE = 0;
const EXIT_FAILED = 1;
const EXIT_WRONG_REQUEST = 2;

const ADD_COMMANDS = [
  addTrain,
  addFetch,
  addImport,
  addExport,
  addAdopt,
  addExplain,
  addReport,
  addEvaluate,
  addPerturb,
  addAttention,
  addEngines,
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
  try {
    await program.parseAsync();
    return EXIT_DONE;
  } catch (error) {
    return exitCodeOf(error);
  }
}

/** Says what went wrong. Of an error that is ours to mend, the stack too. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_DONE : EXIT_WRONG_REQUEST;
  if (isReportedError(error)) {
    if (!(error instanceof CancelledError)) process.stderr.write(`epochlens: ${error.message}\n`);
    return error.exitCode;
  }
  process.stderr.write(`epochlens: a defect of this program. Please report it with these lines.\n`);
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return EXIT_FAILED;
}

// Whoever listened may have gone, such as a pager or a window: the work goes on, and there is nobody to tell.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

// The engine's threads would keep the process alive, so it is ended here, once what it has said is out.
void main().then((code) => {
  process.exitCode = code;
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
});
