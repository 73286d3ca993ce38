/** The appearance of the tree's nodes, and the words by which their menus are chosen. */
import * as vscode from 'vscode';
import { COMMANDS } from '../ids';
import { runName } from '../runs/runName';
import { canResume, canStop, hasLog, isLive, titleOf, unmeasuredEpochs, type RunSummary } from '../runs/runSummary';
import { accuracyText, stateText, stateWord, whenText } from '../runs/runText';
import { staleText } from '../runs/stale';
import { stateColour, stateIconId } from '../runs/stateIcon';
import { claimOf, isBestClaim } from './claims';
import { nodeId, type TreeNode } from './nodes';
import { awayCellText, cellItem, cellWords, recipeItem, seedText, sweepItem } from './sweepItems';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** What is known of a node besides its files. */
export interface Marks {
  /** In what a study differs from its newest run: "epochs 12 → 14". */
  readonly differences: string | undefined;
  /** A text about damage of a run that can be read. */
  readonly damage: string | undefined;
}

export function treeItem(node: TreeNode, marks: Marks): vscode.TreeItem {
  const item = bareItem(node, marks);
  item.id = nodeId(node);
  return item;
}

function bareItem(node: TreeNode, { differences, damage }: Marks): vscode.TreeItem {
  switch (node.kind) {
    case 'study':
      return studyItem(node, differences);
    case 'run':
      return runItem(node, damage);
    case 'checkpoint':
      return checkpointItem(node.run, node.epoch);
    case 'sweep':
      return sweepItem(node);
    case 'recipe':
      return recipeItem(node);
    case 'cell':
      return cellItem(node);
  }
}

function studyItem(node: TreeNode & { kind: 'study' }, differences: string | undefined): vscode.TreeItem {
  const { l10n } = vscode;
  const { name, studyFile, missing, amongNamesakes, sweep, allRuns: runs } = node;
  const isEmpty = runs.length === 0 && sweep === undefined;
  const item = new vscode.TreeItem(name, isEmpty ? None : Expanded);
  const words = ['study', runs.length === 0 ? undefined : 'metrics', sweep === undefined ? undefined : 'swept'];
  item.contextValue = missing ? 'gone' : words.filter((word) => word !== undefined).join(' ');
  item.iconPath = new vscode.ThemeIcon(missing ? 'question' : 'beaker');
  const stale = differences === undefined ? undefined : staleText({ differences });
  const count = runs.length === 1 ? l10n.t('1 run') : l10n.t('{0} runs', runs.length);
  const state = missing ? l10n.t('its study file is gone') : runs.length === 0 ? l10n.t('not trained yet') : count;
  const place = amongNamesakes ? vscode.workspace.asRelativePath(studyFile) : undefined;
  item.description = joined(' · ', stale, state, place);
  item.accessibilityInformation = rowInformation(l10n.t('Study {0}', name), stale, state, place);
  item.tooltip = joined('\n\n', stale && l10n.t('Edited since its newest run: {0}', differences ?? ''), studyFile);
  if (!missing)
    item.command = { command: COMMANDS.openStudy, title: l10n.t('Open Study File'), arguments: [{ studyFile }] };
  return item;
}

function runItem(node: TreeNode & { kind: 'run' }, damage: string | undefined): vscode.TreeItem {
  const { l10n } = vscode;
  const { run, amongModels, progress } = node;
  const { about } = run;
  // Below its recipe, the seed alone tells a cell from the others.
  const label = progress === undefined ? runName(run, 'inStudy') : (about.name ?? seedText(progress));
  const item = new vscode.TreeItem(label, run.checkpoints.length === 0 ? None : Collapsed);
  item.contextValue = [runContext(run), ...(progress === undefined ? [] : cellWords(progress))].join(' ');
  item.iconPath = runIcon(run, damage !== undefined);
  const when = about.name === undefined ? undefined : whenText(run.createdAt);
  const model = amongModels ? run.architecture : undefined;
  const away = progress?.task === undefined ? undefined : awayCellText(progress);
  const damaged = damage === undefined ? undefined : l10n.t('damaged');
  const unread = run.aboutProblem === undefined ? undefined : l10n.t('about.json has an error');
  // The accuracy is the beginning of the state's text.
  item.description = joined(' · ', stateText(run), away, damaged, unread, model, when);
  item.accessibilityInformation = rowInformation(
    l10n.t('Run of {0}', run.studyName),
    about.name,
    model,
    whenText(run.createdAt),
    stateWord(run.state),
    stateText(run),
    away,
    damaged,
    unread,
    about.pinned === true ? l10n.t('pinned') : undefined,
    about.note,
  );
  return item;
}

/** A running training keeps its icon, because its progress matters more than earlier damage or a pin. */
function runIcon(run: RunSummary, isDamaged: boolean): vscode.ThemeIcon {
  const shown = isDamaged && !isLive(run) ? 'damaged' : run.state;
  const colour = stateColour(shown);
  const id = shown === 'finished' && run.about.pinned === true ? 'pinned' : stateIconId(shown);
  return new vscode.ThemeIcon(id, colour === undefined ? undefined : new vscode.ThemeColor(colour));
}

/** Words that the manifest's `when` clauses test. */
function runContext(run: RunSummary): string {
  const words = [
    'run',
    isLive(run) ? 'live' : undefined,
    canStop(run) ? 'stoppable' : undefined,
    canResume(run) ? 'resumable' : undefined,
    hasLog(run) ? 'logged' : undefined,
    run.checkpoints.length > 0 ? 'checkpoints' : undefined,
    run.epochs.length > 0 || run.imported !== undefined ? 'metrics' : undefined,
    run.lost === true ? 'lost' : undefined,
    run.about.pinned === true ? 'pinned' : 'unpinned',
    unmeasuredEpochs(run).length > 0 ? 'unmeasured' : undefined,
  ];
  return words.filter((word) => word !== undefined).join(' ');
}

function checkpointItem(run: RunSummary, epoch: number): vscode.TreeItem {
  const { l10n } = vscode;
  const item = new vscode.TreeItem(titleOf(run, epoch), None);
  const metrics = run.epochs.find((each) => each.epoch === epoch);
  const [test, train, claimed] = [metrics?.testAccuracy, metrics?.trainAccuracy, claimOf(run, epoch)].map(accuracyText);
  item.contextValue = `checkpoint checkpoints${unmeasuredEpochs(run).includes(epoch) ? ' unmeasured' : ''}`;
  item.iconPath = new vscode.ThemeIcon('circle-small-filled');
  item.description = joined(
    ' · ',
    test && l10n.t('test {0}', test),
    train && l10n.t('train {0}', train),
    claimed && (isBestClaim(run, epoch) ? l10n.t('claimed at best {0}', claimed) : l10n.t('claimed {0}', claimed)),
  );
  item.accessibilityInformation = rowInformation(
    l10n.t('Checkpoint {0} of {1}', titleOf(run, epoch), runName(run, 'full')),
    test && l10n.t('test accuracy {0}', test),
    train && l10n.t('training accuracy {0}', train),
    claimed && l10n.t('claimed accuracy {0}', claimed),
  );
  item.command = { command: COMMANDS.openHeatmaps, title: l10n.t('Open Heatmaps'), arguments: [{ run, epoch }] };
  return item;
}

function rowInformation(...parts: readonly (string | undefined)[]): vscode.AccessibilityInformation {
  return { label: joined(', ', ...parts), role: 'treeitem' };
}

/** Without those parts that are absent. */
function joined(separator: string, ...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(separator);
}
