import { resolve } from 'node:path';
import type { Command } from 'commander';
import { installPythonModule, PYTHON_SNIPPET, type InstalledModule } from '../../setup/pythonModule';
import { createOutput } from '../printing/output';

const SAID: Readonly<Record<InstalledModule['was'], string>> = {
  absent: 'Written',
  present: 'There already',
  older: 'Brought up to date',
  edited: 'Replaced',
};

/** `python`: the module by which a training in PyTorch is watched. */
export function addPython(program: Command): void {
  program
    .command('python')
    .description('write epochlens.py into a folder: a training in PyTorch that uses it is watched while it runs')
    .argument('[folder]', 'where the training’s script lies', '.')
    .option('--force', 'replace an epochlens.py that was edited')
    .option('--json', 'one JSON document on standard output')
    .action(async (folder: string, { force = false, json = false }: { force?: boolean; json?: boolean }) => {
      const output = createOutput(json);
      const { path, was } = await installPythonModule(resolve(__dirname, '..'), folder, force);
      output.document({ path, was });
      output.line(`${SAID[was]}: ${path}`);
      output.line();
      for (const line of PYTHON_SNIPPET.trimEnd().split('\n')) output.line(line);
      output.log('Its graph of the network needs PyTorch’s exporter:  pip install onnx onnxscript');
    });
}
