/** Measures imported checkpoints on the test images of their run, which could not be done when they were imported. */
import * as vscode from 'vscode';
import type { ExtensionContextParts } from '../context';
import type { CoreParts } from '../coreParts';
import { failure } from '../engine/failure';
import { shareReporter } from '../progress';
import { pickRun } from '../runs/pick';
import { titleOf, unmeasuredEpochs, type RunSummary } from '../runs/runSummary';
import type { RunTarget } from '../runs/target';
import { savedStudy } from '../studies/savedStudy';
import { isTrusted } from '../training/trust';

type Parts = CoreParts & Pick<ExtensionContextParts, 'engine'>;

/** @param target a run, or one of its checkpoints */
export async function measureAccuracyCommand(parts: Parts, target: RunTarget): Promise<void> {
  if (!(await isTrusted(vscode.l10n.t('Measuring accuracy')))) return;
  const run = await pickRun(target, parts.runStore, {
    placeHolder: vscode.l10n.t('The accuracy of which run?'),
    none: vscode.l10n.t('No imported checkpoint is without a measured accuracy.'),
    only: (each) => unmeasuredEpochs(each).length > 0,
  });
  if (run === undefined || !(await agreeOnData(parts, run))) return;
  const named = typeof target === 'object' && 'epoch' in target ? target.epoch : undefined;
  const epochs = unmeasuredEpochs(run).filter((epoch) => named === undefined || epoch === named);
  try {
    await measure(parts, run, epochs);
  } catch (error) {
    throw failure(error);
  } finally {
    await parts.runStore.reread(run.folder);
  }
}

/** What is measured before a cancellation is kept. */
async function measure({ engine, runStore }: Parts, run: RunSummary, epochs: readonly number[]): Promise<void> {
  const { storeMeasured } = await import('../../runs');
  const title = vscode.l10n.t('Measuring {0}', run.studyName);
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  await vscode.window.withProgress(options, async (bar, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    const report = shareReporter(bar);
    for (const [at, epoch] of epochs.entries()) {
      report(titleOf(run, epoch), at, epochs.length);
      const params = { run: run.folder, epoch, set: 'test' } as const;
      const { correct, labels } = await engine.request('predictions', params, {
        signal: controller.signal,
        progress: (value) => {
          if (!('done' in value)) return;
          const text = vscode.l10n.t('{0}: {1} of {2} images', titleOf(run, epoch), value.done, value.of);
          report(text, at + value.done / value.of, epochs.length);
        },
      });
      if (labels.length === 0) continue;
      await storeMeasured(run.folder, new Map([[epoch, { right: correct, count: labels.length }]]));
      await runStore.reread(run.folder);
    }
  });
}

/** Asks before missing data are downloaded. @returns whether they are there, or the engine shall say what is wrong */
async function agreeOnData(parts: Parts, run: RunSummary): Promise<boolean> {
  const located = await savedStudy(run.studyFile, run.architecture);
  if (located === undefined) return false;
  const { missingOf } = await import('../training/missing');
  const data = (await missingOf(located)).find(({ kind }) => kind === 'data');
  if (data === undefined) return true;
  const { name, megabytes, place } = data;
  const download = vscode.l10n.t('Download ({0} MB)', megabytes);
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('{0} is not here yet.', name),
    { modal: true, detail: vscode.l10n.t('It is downloaded to {0}, and the checkpoints are measured on it.', place) },
    download,
  );
  if (answer !== download) return false;
  await (await import('../training/fetchFor')).fetchFor(parts, located);
  return true;
}
