/** The appearance of the tree's nodes, and the words by which their menus are chosen. */
import * as vscode from 'vscode';
import { COMMANDS } from '../ids';
import type { RunDamage } from '../keeping/damage';
import { spaceText } from '../keeping/space';
import { stateColour, stateIconId } from '../runs/stateIcon';
import { canResume, isLive, titleOf, unmeasuredEpochs, type RunSummary } from '../runs/runSummary';
import { accuracyText, stateText, whenText } from '../runs/runText';
import { nodeId, type TreeNode } from './nodes';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

export function treeItem(node: TreeNode, children: number, damage: Pick<RunDamage, 'of'>): vscode.TreeItem {
  const item = bareItem(node, children, damage);
  item.id = nodeId(node, children);
  return item;
}

function bareItem(node: TreeNode, children: number, damage: Pick<RunDamage, 'of'>): vscode.TreeItem {
  switch (node.kind) {
    case 'study':
      return studyItem(node, children);
    case 'run':
      return runItem(node, damage.of(node.run.folder) ?? node.run.damage);
    case 'checkpoint':
      return checkpointItem(node.run, node.epoch);
  }
}

function studyItem(node: TreeNode & { kind: 'study' }, runs: number): vscode.TreeItem {
  const { name, studyFile, missing, amongNamesakes } = node;
  const item = new vscode.TreeItem(name, runs === 0 ? None : Expanded);
  item.contextValue = missing ? 'gone' : `study${runs === 0 ? '' : ' metrics'}`;
  item.iconPath = new vscode.ThemeIcon(missing ? 'question' : 'beaker');
  const state = missing ? 'its study file is gone' : runs === 0 ? 'not trained yet' : countText(runs);
  item.description = amongNamesakes ? `${state} · ${vscode.workspace.asRelativePath(studyFile)}` : state;
  item.tooltip = studyFile;
  if (!missing) item.command = { command: COMMANDS.openStudy, title: 'Open Study File', arguments: [{ studyFile }] };
  return item;
}

function countText(runs: number): string {
  return `${runs} ${runs === 1 ? 'run' : 'runs'}`;
}

/** @param wrong a text about damage of a run that can be read */
function runItem({ run, amongModels }: TreeNode & { kind: 'run' }, wrong: string | undefined): vscode.TreeItem {
  const model = amongModels ? run.architecture : undefined;
  const item = new vscode.TreeItem(whenText(run.createdAt), run.checkpoints.length === 0 ? None : Collapsed);
  item.contextValue = runContext(run);
  // A running training keeps its icon, because its progress matters more than earlier damage.
  const shown = wrong === undefined || isLive(run) ? run.state : 'damaged';
  const colour = stateColour(shown);
  item.iconPath = new vscode.ThemeIcon(
    stateIconId(shown),
    colour === undefined ? undefined : new vscode.ThemeColor(colour),
  );
  item.description = [model, wrong && 'damaged', stateText(run)].filter(Boolean).join(' · ');
  // The tooltip is made on demand, because the size of a run has to be measured.
  details.set(item, [
    run.id,
    stateText(run),
    wrong,
    run.imported?.warning,
    run.status?.error,
    run.problem,
    run.batches,
    run.folder,
  ]);
  item.accessibilityInformation = {
    label: `Run of ${[run.studyName, model].filter(Boolean).join(', ')}, ${whenText(run.createdAt)}, ${stateText(run)}${wrong === undefined ? '' : ', damaged'}`,
  };
  return item;
}

const details = new WeakMap<vscode.TreeItem, readonly (string | undefined)[]>();

/** Called once for each item, when its tooltip is shown. */
export async function withSpace(item: vscode.TreeItem, node: TreeNode): Promise<vscode.TreeItem> {
  if (node.kind !== 'run') return item;
  const space = await spaceText(node.run.folder);
  item.tooltip = [...(details.get(item) ?? []), space].filter(Boolean).join('\n\n');
  return item;
}

/** Words that the manifest's `when` clauses test. */
function runContext(run: RunSummary): string {
  const words = [
    'run',
    isLive(run) ? 'live' : undefined,
    canResume(run) ? 'resumable' : undefined,
    run.checkpoints.length > 0 ? 'checkpoints' : undefined,
    run.epochs.length > 0 || run.imported !== undefined ? 'metrics' : undefined,
    run.lost === true ? 'lost' : undefined,
    unmeasuredEpochs(run).length > 0 ? 'unmeasured' : undefined,
  ];
  return words.filter((word) => word !== undefined).join(' ');
}

function checkpointItem(run: RunSummary, epoch: number): vscode.TreeItem {
  const item = new vscode.TreeItem(titleOf(run, epoch), None);
  const metrics = run.epochs.find((each) => each.epoch === epoch);
  const test = accuracyText(metrics?.testAccuracy);
  const train = accuracyText(metrics?.trainAccuracy);
  const claimed = accuracyText(claimOf(run, epoch));
  item.contextValue = `checkpoint checkpoints${unmeasuredEpochs(run).includes(epoch) ? ' unmeasured' : ''}`;
  item.iconPath = new vscode.ThemeIcon('circle-small-filled');
  item.description = [
    test && `test ${test}`,
    train && `train ${train}`,
    claimed && `${isBestClaim(run, epoch) ? 'claimed at best' : 'claimed'} ${claimed}`,
  ]
    .filter(Boolean)
    .join(' · ');
  item.tooltip = [lossesText(metrics), claimText(run, epoch)].filter(Boolean).join('\n\n');
  item.command = { command: COMMANDS.openHeatmaps, title: 'Open Heatmaps', arguments: [{ run, epoch }] };
  return item;
}

function lossesText(metrics: RunSummary['epochs'][number] | undefined): string | undefined {
  if (metrics === undefined) return undefined;
  const { testLoss, trainLoss } = metrics;
  // How an imported checkpoint was trained is unknown.
  return `test loss ${lossText(testLoss)}${trainLoss === null ? '' : `, training loss ${lossText(trainLoss)}`}`;
}

function claimOf({ imported }: RunSummary, epoch: number): number | null | undefined {
  return imported?.accuracies.find((each) => each.epoch === epoch)?.claimed.testAccuracy;
}

function isBestClaim({ imported }: RunSummary, epoch: number): boolean {
  return imported?.accuracies.find((each) => each.epoch === epoch)?.claimed.isBestSoFar === true;
}

/** The claim of the imported file, beside the measurement. */
function claimText(run: RunSummary, epoch: number): string | undefined {
  const accuracy = run.imported?.accuracies.find((each) => each.epoch === epoch);
  const claimed = accuracyText(accuracy?.claimed.testAccuracy);
  if (accuracy === undefined || claimed === undefined) return undefined;
  const text = `Its file claims ${isBestClaim(run, epoch) ? 'that the best so far got' : 'that it gets'} ${claimed} of test images right`;
  if (accuracy.measured === null) return `${text}: not measured here.`;
  return accuracy.differs === true ? `${text}, which differs from what was measured by more than chance.` : `${text}.`;
}

function lossText(loss: number | null): string {
  return loss === null ? '–' : loss.toFixed(4);
}
