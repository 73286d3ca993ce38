/** The lenses above a study: its actions, and the progress of its training. */
import * as vscode from 'vscode';
import { COMMANDS, type CommandId } from '../ids';
import { canResume, canStop, isLive, type RunSummary } from '../runs/runSummary';
import { nextEpochText, progressText, stateText } from '../runs/runText';
import { staleText } from '../runs/stale';

export interface Lens {
  readonly title: string;
  readonly tooltip: string;
  readonly command: CommandId | 'workbench.trust.manage';
  readonly argument: {
    readonly run?: RunSummary;
    readonly studyFile?: string;
    readonly architecture?: string;
    readonly perturbation?: number;
    /** Whether the study's attacks are meant. */
    readonly attacks?: boolean;
  };
}

/**
 * @param runs the study's runs, newest first
 * @param other the settings in which the newest run differs: see `otherSettings`
 */
export function studyLenses(studyFile: string, runs: readonly RunSummary[], trusted: boolean, other?: string): Lens[] {
  const training = trusted ? trainingLenses({ studyFile }, runs) : [trustLens()];
  return [...training, ...newestLens(runs, other), ...lookingLenses(studyFile, runs)];
}

/**
 * Lenses above a study of several models, each of which has lenses of its own.
 * @param runs the runs of all models
 */
export function comparisonLenses(studyFile: string, runs: readonly RunSummary[], trusted: boolean): Lens[] {
  return [...(trusted ? [] : [trustLens()]), ...lookingLenses(studyFile, runs)];
}

/**
 * Lenses above one of several models.
 * @param runs the study's runs, newest first
 */
export function modelLenses(
  studyFile: string,
  runs: readonly RunSummary[],
  trusted: boolean,
  architecture: string,
  other?: string,
): Lens[] {
  const own = runs.filter((run) => run.architecture === architecture);
  return [...(trusted ? trainingLenses({ studyFile, architecture }, own) : []), ...newestLens(own, other)];
}

function trustLens(): Lens {
  return {
    title: `$(workspace-untrusted) ${vscode.l10n.t('Trust this workspace to train')}`,
    tooltip: vscode.l10n.t('Training starts a program, which a restricted workspace does not allow'),
    command: 'workbench.trust.manage',
    argument: {},
  };
}

function trainingLenses(argument: Lens['argument'], runs: readonly RunSummary[]): Lens[] {
  const live = runs.filter(isLive);
  const [newest] = runs;
  if (live.length > 0) return live.flatMap((run) => [...progressLens(run), ...(canStop(run) ? [stopLens(run)] : [])]);
  if (newest?.watched === true) return [];
  const train: Lens = {
    title: `$(play) ${vscode.l10n.t('Train')}`,
    tooltip: vscode.l10n.t('Train this study in the background, as a new run'),
    command: COMMANDS.train,
    argument,
  };
  if (newest === undefined || !canResume(newest)) return [train];
  const resume: Lens = {
    title: `$(debug-continue) ${vscode.l10n.t('Resume at {0}', nextEpochText(newest))}`,
    tooltip: vscode.l10n.t('Resume the newest run where it was stopped'),
    command: COMMANDS.resume,
    argument: { run: newest },
  };
  return [resume, train];
}

function progressLens(run: RunSummary): Lens[] {
  return [
    {
      title: `$(sync~spin) ${progressText(run)}`,
      tooltip: vscode.l10n.t('Show the curves'),
      command: COMMANDS.showMetrics,
      argument: { run },
    },
  ];
}

function stopLens(run: RunSummary): Lens {
  return {
    title: `$(debug-stop) ${vscode.l10n.t('Stop')}`,
    tooltip: vscode.l10n.t('Stop the training; it can be resumed'),
    command: COMMANDS.stop,
    argument: { run },
  };
}

/** How the newest run ended, while none is being trained. */
function newestLens(runs: readonly RunSummary[], other?: string): Lens[] {
  const [run] = runs;
  if (run === undefined || runs.some(isLive)) return [];
  const icon = run.state === 'finished' ? 'pass' : run.state === 'failed' ? 'error' : 'history';
  return [
    {
      title: `$(${icon}) ${stateText(run)}${other === undefined ? '' : ` · ${staleText({ differences: other })}`}`,
      tooltip: [
        other && vscode.l10n.t('The study has been edited since its newest run: {0}.', other),
        run.status?.error ??
          (run.watched === true ? vscode.l10n.t('Show the curves') : vscode.l10n.t('Show the log of the newest run')),
      ]
        .filter(Boolean)
        .join(' '),
      // Another library's training writes no log.
      command: run.watched === true ? COMMANDS.showMetrics : COMMANDS.openLog,
      argument: { run },
    },
  ];
}

function lookingLenses(studyFile: string, runs: readonly RunSummary[]): Lens[] {
  const heatmaps: Lens = {
    title: `$(eye) ${vscode.l10n.t('Open heatmaps')}`,
    tooltip: vscode.l10n.t('Where the network looks in the chosen images, at every checkpoint'),
    command: COMMANDS.openHeatmaps,
    argument: { studyFile },
  };
  const metrics: Lens = {
    title: `$(graph-line) ${vscode.l10n.t('Show metrics')}`,
    tooltip: vscode.l10n.t('Loss and accuracy by epoch'),
    command: COMMANDS.showMetrics,
    argument: { studyFile },
  };
  const images: Lens = {
    title: `$(file-media) ${vscode.l10n.t('Choose images')}`,
    tooltip: vscode.l10n.t('Choose the images to explain from the data set'),
    command: COMMANDS.openGallery,
    argument: { studyFile },
  };
  const misclassified: Lens = {
    title: `$(error) ${vscode.l10n.t('Misclassified')}`,
    tooltip: vscode.l10n.t('What each checkpoint gets wrong, and how each image fares over epochs'),
    command: COMMANDS.showMisclassified,
    argument: { studyFile },
  };
  const attention: Lens = {
    title: `$(target) ${vscode.l10n.t('Attention')}`,
    tooltip: vscode.l10n.t('How far the heatmaps move from epoch to epoch, and where they settle'),
    command: COMMANDS.showAttention,
    argument: { studyFile },
  };
  const hasCheckpoints = runs.some(({ checkpoints }) => checkpoints.length > 0);
  return [
    ...(hasCheckpoints ? [heatmaps] : []),
    ...(runs.some(({ epochs }) => epochs.length > 0) ? [metrics] : []),
    ...(hasCheckpoints ? [misclassified, attention] : []),
    images,
  ];
}
