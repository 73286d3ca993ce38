/** What stands above a study: what can be done with it, and how far its training is. Knows nothing of `vscode`. */
import { COMMANDS, type CommandId } from '../ids';
import { canResume, isLive, type RunSummary } from '../runs/runSummary';
import { nextEpochText, progressText, stateText } from '../runs/runText';

export interface Lens {
  readonly title: string;
  readonly tooltip: string;
  readonly command: CommandId | 'workbench.trust.manage';
  readonly argument: { readonly run?: RunSummary; readonly studyFile?: string; readonly perturbation?: number };
}

/** @param runs of this study, the newest first */
export function studyLenses(studyFile: string, runs: readonly RunSummary[], trusted: boolean): Lens[] {
  const live = runs.filter(isLive);
  return [
    ...(trusted ? trainingLenses(studyFile, live, runs[0]) : [TRUST]),
    ...(live.length === 0 ? newestLens(runs[0]) : []),
    ...lookingLenses(studyFile, runs),
  ];
}

/** Above the n-th perturbation, from 1; none while there is nothing to test, or nothing may be started. */
export function perturbationLens(
  studyFile: string,
  runs: readonly RunSummary[],
  trusted: boolean,
  perturbation: number,
): Lens | undefined {
  if (!trusted || !runs.some(({ checkpoints }) => checkpoints.length > 0)) return undefined;
  return {
    title: '$(beaker) Run this test',
    tooltip: 'Perturb the test images and measure accuracy, confidence and heatmaps at every checkpoint',
    command: COMMANDS.runPerturbations,
    argument: { studyFile, perturbation },
  };
}

const TRUST: Lens = {
  title: '$(workspace-untrusted) Trust this workspace to train',
  tooltip: 'Training starts a program, which a restricted workspace does not allow',
  command: 'workbench.trust.manage',
  argument: {},
};

function trainingLenses(studyFile: string, live: readonly RunSummary[], newest: RunSummary | undefined): Lens[] {
  if (live.length > 0) return live.flatMap((run) => [...progressLens(run), stopLens(run)]);
  const train: Lens = {
    title: '$(play) Train',
    tooltip: 'Train this study in the background, as a new run',
    command: COMMANDS.train,
    argument: { studyFile },
  };
  if (newest === undefined || !canResume(newest)) return [train];
  const resume: Lens = {
    title: `$(debug-continue) Resume at ${nextEpochText(newest)}`,
    tooltip: 'Go on with the newest run after its last complete epoch',
    command: COMMANDS.resume,
    argument: { run: newest },
  };
  return [resume, train];
}

function progressLens(run: RunSummary): Lens[] {
  return [
    {
      title: `$(sync~spin) ${progressText(run)}`,
      tooltip: 'Show the curves',
      command: COMMANDS.showMetrics,
      argument: { run },
    },
  ];
}

function stopLens(run: RunSummary): Lens {
  return {
    title: '$(debug-stop) Stop',
    tooltip: 'Stop the training; it can go on later',
    command: COMMANDS.stop,
    argument: { run },
  };
}

function newestLens(run: RunSummary | undefined): Lens[] {
  if (run === undefined) return [];
  const icon = run.state === 'finished' ? 'pass' : run.state === 'failed' ? 'error' : 'history';
  return [
    {
      title: `$(${icon}) ${stateText(run)}`,
      tooltip: run.status?.error ?? 'Show the log of the newest run',
      command: COMMANDS.openLog,
      argument: { run },
    },
  ];
}

function lookingLenses(studyFile: string, runs: readonly RunSummary[]): Lens[] {
  const heatmaps: Lens = {
    title: '$(eye) Open heatmaps',
    tooltip: 'Grad-CAM of the chosen images at every checkpoint',
    command: COMMANDS.openHeatmaps,
    argument: { studyFile },
  };
  const metrics: Lens = {
    title: '$(graph-line) Show metrics',
    tooltip: 'Loss and accuracy by epoch',
    command: COMMANDS.showMetrics,
    argument: { studyFile },
  };
  const images: Lens = {
    title: '$(file-media) Choose images',
    tooltip: 'Choose the images to explain from the data set',
    command: COMMANDS.openGallery,
    argument: { studyFile },
  };
  return [
    ...(runs.some(({ checkpoints }) => checkpoints.length > 0) ? [heatmaps] : []),
    ...(runs.some(({ epochs }) => epochs.length > 0) ? [metrics] : []),
    images,
  ];
}
