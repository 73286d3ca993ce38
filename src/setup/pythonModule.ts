/** epochlens.py, by which a training in PyTorch is watched, as a file of a person's own project. */
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { errorCode, fileError, writeFileAtomically } from '../common/atomic';
import { InputError } from '../common/errors';

export const PYTHON_MODULE = 'epochlens.py';

/** How a training uses it. */
export const PYTHON_SNIPPET = `from epochlens import EpochLens

with EpochLens("my-study", model, images, classes=names, normalize=(mean, std), labels=labels) as lens:
    for epoch in range(epochs):
        ...  # trains
        lens.epoch(train_loss=loss, test_accuracy=accuracy)  # accuracies in per cent
`;

/** How callbacks of other libraries use it: metrics by the names that the training logs them under, accuracies there as fractions. */
export const PYTHON_CALLBACKS = {
  lightning: `class Watch(lightning.Callback):
    def on_fit_start(self, trainer, module):
        self.lens = EpochLens("my-study", module, images, names, (mean, std), labels, epochs=trainer.max_epochs)

    def on_train_epoch_end(self, trainer, module):
        logged = trainer.callback_metrics
        self.lens.epoch(train_loss=logged["train_loss"], test_loss=logged["val_loss"], test_accuracy=100 * logged["val_acc"])

    def on_exception(self, trainer, module, error): self.lens.finish(error)
    def on_fit_end(self, trainer, module): self.lens.finish()
`,
  keras: `class Watch(keras.callbacks.Callback):  # of KERAS_BACKEND=torch, data in channels_first
    def on_train_begin(self, logs=None):
        self.lens = EpochLens("my-study", self.model, images, names, (mean, std), labels, epochs=self.params["epochs"])

    def on_epoch_end(self, epoch, logs=None):
        self.lens.epoch(train_loss=logs["loss"], test_loss=logs["val_loss"], test_accuracy=100 * logs["val_accuracy"])

    def on_train_end(self, logs=None): self.lens.finish()
`,
} as const;

/** A line at its end, of what stands above it: a file that has it and agrees is as some version wrote it. */
const SUM = /^# EpochLens wrote this file: ([0-9a-f]{64})\n$/;

export interface InstalledModule {
  /** Absolute. */
  readonly path: string;
  readonly was: 'absent' | 'present' | 'older' | 'edited';
}

/**
 * Writes the module into a folder, or brings it up to date there.
 * @param root the extension's folder, which has it
 * @param force whether an edited file is replaced
 * @throws InputError where there is a file of that name that no version wrote; WorkError where it cannot be written
 */
export async function installPythonModule(root: string, folder: string, force = false): Promise<InstalledModule> {
  const path = join(resolve(folder), PYTHON_MODULE);
  const source = await readFile(join(root, 'media', 'python', PYTHON_MODULE), 'utf8');
  const content = `${source}# EpochLens wrote this file: ${sha256(source)}\n`;
  const before = await textOf(path);
  const was = before === undefined ? 'absent' : before === content ? 'present' : isWhole(before) ? 'older' : 'edited';
  if (was === 'edited' && !force)
    throw new InputError('there is a file of that name which is not as EpochLens wrote it', {
      file: path,
      found: 'a file that was edited, or is another’s',
      expected: 'none, or one of any version of EpochLens',
      advice: 'Move it away, or replace it by --force.',
    });
  if (was !== 'present') {
    await mkdir(resolve(folder), { recursive: true }).catch((error: unknown) => {
      throw fileError('could not be made', folder, error);
    });
    await writeFileAtomically(path, content);
  }
  return { path, was };
}

function isWhole(text: string): boolean {
  const end = text.lastIndexOf('\n', text.length - 2) + 1;
  return SUM.exec(text.slice(end))?.[1] === sha256(text.slice(0, end));
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).replaceAll('\r\n', '\n');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw fileError('the file cannot be read', path, error);
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
