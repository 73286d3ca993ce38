import { Argument, type Command } from 'commander';
import { installOnnxruntime } from '../../setup/onnxruntime/install';
import { ONNXRUNTIME_VERSION } from '../../setup/onnxruntime/location';
import { abortOnInterrupt } from '../interrupt';
import { createOutput } from '../printing/output';

/** `setup`: what is no part of the program and can be added. */
export function addSetup(program: Command): void {
  program
    .command('setup')
    .description('install what few need: onnxruntime, which runs ONNX networks of operators that are not computed here')
    .addArgument(
      new Argument('<what>', `by npm, into the per-user cache: version ${ONNXRUNTIME_VERSION}`).choices([
        'onnxruntime',
      ]),
    )
    .option('--json', 'one JSON document on standard output')
    .action(async (_: string, { json = false }: { json?: boolean }) => {
      const output = createOutput(json);
      const signal = abortOnInterrupt(output, 'the installation');
      const installed = await installOnnxruntime({ signal, progress: ({ text }) => output.log(text) });
      output.document(installed);
      output.line(`onnxruntime-node ${installed.wasThere ? 'is there already' : 'is installed'}: ${installed.folder}`);
    });
}
