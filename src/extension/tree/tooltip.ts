/** The tooltips of runs and checkpoints. They are made on demand, because run.json is read and the size is measured. */
import * as vscode from 'vscode';
import { durationText } from '../../common/duration';
import { engineWord } from '../../common/engineWords';
import { epochRanges } from '../../common/epochRanges';
import type { Run } from '../../runs';
import { scheduleText } from '../../study/recipeText';
import { spaceText } from '../keeping/space';
import { decimal } from '../language';
import { runName } from '../runs/runName';
import type { RunSummary } from '../runs/runSummary';
import { accuracyText, stateText, whenText } from '../runs/runText';
import { claimText } from './claims';
import type { Marks } from './items';
import type { TreeNode } from './nodes';

/** Called once for each item, when its tooltip is shown. */
export async function withTooltip(item: vscode.TreeItem, node: TreeNode, { damage }: Marks): Promise<vscode.TreeItem> {
  if (node.kind === 'checkpoint') item.tooltip = checkpointText(node.run, node.epoch);
  if (node.kind !== 'run') return item;
  const { openRun } = await import('../../runs');
  const { run } = node;
  const opened = await openRun(run.folder).catch(() => undefined);
  const facts = [
    ...runFacts(run, opened),
    [vscode.l10n.t('Space'), await spaceText(run.folder)],
    [vscode.l10n.t('Folder'), run.id],
  ] as const;
  item.tooltip = markdown(run, facts, [
    damage,
    run.imported?.warning,
    run.status?.error,
    run.problem,
    run.aboutProblem,
    run.batches,
  ]);
  return item;
}

export type Fact = readonly [name: string, value: string];

/** What is known of a run. @param opened undefined where its run.json cannot be read */
export function runFacts(run: RunSummary, opened: Pick<Run, 'study' | 'manifest'> | undefined): Fact[] {
  const { l10n } = vscode;
  const { checkpoints } = run;
  const facts: (Fact | undefined)[] = [
    [l10n.t('Accuracy'), bestText(run) ?? stateText(run)],
    ...(opened === undefined ? [] : settingFacts(run, opened)),
    [l10n.t('Checkpoints'), checkpoints.length === 0 ? l10n.t('none') : epochRanges(checkpoints)],
    [l10n.t('Started'), whenText(run.createdAt)],
  ];
  return facts.filter((fact) => fact !== undefined);
}

/** How checkpoints were trained that were imported, or are watched, is unknown. */
function settingFacts(run: RunSummary, { study, manifest }: Pick<Run, 'study' | 'manifest'>): (Fact | undefined)[] {
  const { l10n } = vscode;
  const { model, training } = study;
  const { dataset, engine, imported, seed, watched } = manifest;
  const seconds = run.epochs.reduce((sum, each) => sum + (each.seconds ?? 0), 0);
  const size = `${model.inputSize} × ${model.inputSize}`;
  const warmup = training.warmupEpochs;
  const duration: Fact | undefined = seconds > 0 ? [l10n.t('Duration'), durationText(seconds)] : undefined;
  const elsewhere: (Fact | undefined)[] = [
    [l10n.t('Trained in'), `PyTorch ${engine.version}, ${engine.device}`],
    duration,
  ];
  const trained: (Fact | undefined)[] = [
    [
      l10n.t('Learning rate'),
      [training.learningRate, scheduleText(training.schedule), warmup > 0 && l10n.t('warm-up over {0} epochs', warmup)]
        .filter(Boolean)
        .join(', '),
    ],
    training.labels === 'permuted' ? [l10n.t('Training labels'), l10n.t('permuted by the seed')] : undefined,
    [l10n.t('Seed'), String(seed)],
    [l10n.t('Epochs'), l10n.t('{0} of {1}', run.epochs.at(-1)?.epoch ?? 0, training.epochs)],
    duration,
    [l10n.t('Engine'), `${engineWord(engine.name)}, ${engine.device}`],
  ];
  return [
    [l10n.t('Architecture'), l10n.t('{0} at {1}', model.architecture, size)],
    ...(watched !== undefined ? elsewhere : imported === undefined ? trained : []),
    [l10n.t('Data set'), dataset.description],
  ];
}

/** "71.2 % at epoch 20, at best 72.0 % at epoch 18" */
function bestText({ epochs, imported }: RunSummary): string | undefined {
  if (imported !== undefined) return undefined;
  const measured = epochs.flatMap(({ epoch, testAccuracy, validationAccuracy = testAccuracy }) =>
    testAccuracy === null ? [] : [{ epoch, testAccuracy, choosing: validationAccuracy ?? -1 }],
  );
  const newest = measured.at(-1);
  if (newest === undefined) return undefined;
  // Of validation images where some were kept back, else of the test images.
  const best = measured.reduce((a, b) => (b.choosing > a.choosing ? b : a));
  const [now, highest] = [accuracyText(newest.testAccuracy) ?? '', accuracyText(best.testAccuracy) ?? ''];
  if (epochs.some(({ validationAccuracy }) => validationAccuracy !== undefined))
    return vscode.l10n.t(
      '{0} at epoch {1}; validation images choose epoch {2} with {3}',
      now,
      newest.epoch,
      best.epoch,
      highest,
    );
  return best.testAccuracy > newest.testAccuracy
    ? vscode.l10n.t('{0} at epoch {1}, at best {2} at epoch {3}', now, newest.epoch, highest, best.epoch)
    : vscode.l10n.t('{0} at epoch {1}', now, newest.epoch);
}

function markdown(
  run: RunSummary,
  facts: readonly Fact[],
  sentences: readonly (string | undefined)[],
): vscode.MarkdownString {
  const text = new vscode.MarkdownString(`**${escaped(runName(run, 'full'))}**\n\n`);
  if (run.about.note !== undefined) text.appendMarkdown(`> ${escaped(run.about.note)}\n\n`);
  text.appendMarkdown('| | |\n|:--|:--|\n');
  for (const [name, value] of facts) text.appendMarkdown(`| ${escaped(name)} | ${escaped(value)} |\n`);
  for (const sentence of sentences) if (sentence !== undefined) text.appendMarkdown(`\n${escaped(sentence)}\n`);
  return text;
}

/** On one line, with nothing that Markdown understands. */
function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]()#+\-.!|<>~&$]/g, '\\$&');
}

function checkpointText(run: RunSummary, epoch: number): string {
  const metrics = run.epochs.find((each) => each.epoch === epoch);
  return [lossesText(metrics), claimText(run, epoch)].filter((part) => part !== undefined).join('\n\n');
}

function lossesText(metrics: RunSummary['epochs'][number] | undefined): string | undefined {
  if (metrics === undefined) return undefined;
  const { testLoss, trainLoss } = metrics;
  // How an imported checkpoint was trained is unknown.
  return trainLoss === null
    ? vscode.l10n.t('test loss {0}', lossText(testLoss))
    : vscode.l10n.t('test loss {0}, training loss {1}', lossText(testLoss), lossText(trainLoss));
}

function lossText(loss: number | null): string {
  return loss === null ? '–' : decimal(loss.toFixed(4));
}
