import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { installPythonModule, PYTHON_CALLBACKS, PYTHON_SNIPPET, type InstalledModule } from '../../setup/pythonModule';
import { createOutput } from '../printing/output';

const SAID: Readonly<Record<InstalledModule['was'], string>> = {
  absent: 'Written',
  present: 'There already',
  older: 'Brought up to date',
  edited: 'Replaced',
};

interface Options {
  readonly force?: boolean;
  readonly json?: boolean;
  readonly callback?: keyof typeof PYTHON_CALLBACKS;
}

/** `python`: the module by which a training in PyTorch is watched. */
export function addPython(program: Command): void {
  program
    .command('python')
    .description('write epochlens.py into a folder: a training in PyTorch that uses it is watched while it runs')
    .argument('[folder]', 'where the training’s script lies', '.')
    .option('--force', 'replace an epochlens.py that was edited')
    .addOption(
      new Option('--callback <library>', 'print a callback of this library in place of a loop').choices(
        Object.keys(PYTHON_CALLBACKS),
      ),
    )
    .option('--json', 'one JSON document on standard output')
    .action(async (folder: string, { force = false, json = false, callback }: Options) => {
      const output = createOutput(json);
      const { path, was } = await installPythonModule(resolve(__dirname, '..'), folder, force);
      output.document({ path, was });
      output.line(`${SAID[was]}: ${path}`);
      output.line();
      for (const line of (callback ? PYTHON_CALLBACKS[callback] : PYTHON_SNIPPET).trimEnd().split('\n'))
        output.line(line);
      output.log('Its graph of the network needs PyTorch’s exporter:  pip install onnx onnxscript');
    });
}
