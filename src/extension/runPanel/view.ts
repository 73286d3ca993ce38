/** Finds what a panel has to show from the run store, the run folder and the study file. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { closedFormLayer, declareNetwork, isProblem, resolveLayer, type TargetLayer } from '../../architectures';
import type { ImageReference } from '../../protocol/engine';
import type { EmptyView, LayerInfo, PanelView, PanelSource, RunView } from '../../protocol/panelView';
import type { Run } from '../../runs';
import type { ExplainSettings } from '../../study';
import { STUDY_SUFFIX } from '../../study/fileName';
import type { ExtensionContextParts } from '../context';
import { isLive, type RunSummary } from '../runs/runStore';
import { otherSettings, otherSettingsText } from '../runs/otherSettings';
import { runName } from '../runs/runName';
import { unmeasuredEpochs } from '../runs/runSummary';
import { stateText } from '../runs/runText';
import { appearanceDefaults } from './appearance';
import { studyNow } from './studyNow';

export type ViewParts = Pick<ExtensionContextParts, 'runStore' | 'engine'>;

type WithoutTitle<View> = View extends PanelView ? Omit<View, 'title'> : never;
/** A view, of which the kind of panel makes its title. */
export type FoundView = WithoutTitle<PanelView>;

export interface ViewFinder {
  view(source: PanelSource): Promise<FoundView>;
  /** The study file and the run that are shown now. */
  studyFile(source: PanelSource): string | undefined;
  run(source: PanelSource): RunSummary | undefined;
}

export function createViewFinder(parts: ViewParts): ViewFinder {
  const { runStore, engine } = parts;
  /** Manifests by folder: the used part of a manifest is written once. */
  const opened = new Map<string, Promise<Run>>();
  /** Images by study text and run, because drawing images at random needs the engine. */
  const drawn = new Map<string, Promise<ImageReference[]>>();

  function studyFile({ studyFile: file }: PanelSource): string | undefined {
    return file ?? runStore.runs()[0]?.studyFile ?? runStore.studies()[0]?.file;
  }

  function run(source: PanelSource): RunSummary | undefined {
    if (source.run !== null) return runStore.find(source.run);
    const file = studyFile(source);
    return file === undefined ? undefined : runStore.newestOf(file);
  }

  async function view(source: PanelSource): Promise<FoundView> {
    await runStore.ready;
    const file = studyFile(source);
    const summary = run(source);
    const studyName = summary?.studyName ?? (file === undefined ? null : basename(file, STUDY_SUFFIX));
    const empty = (reason: EmptyView['reason'], problem: string | null = null): WithoutTitle<EmptyView> => {
      return { kind: 'empty', source, reason, studyName, problem };
    };
    if (summary === undefined) return empty(file === undefined ? 'noStudy' : 'noRun');
    if (summary.state === 'damaged') return empty('damaged', summary.problem ?? null);
    if (summary.checkpoints.length === 0) {
      return isLive(summary) ? empty('waiting') : empty('noCheckpoint', summary.status?.error ?? null);
    }
    try {
      return await runView(source, summary);
    } catch (error) {
      return { kind: 'failed', source, message: error instanceof Error ? error.message : String(error) };
    }
  }

  async function runView(source: PanelSource, summary: RunSummary): Promise<WithoutTitle<RunView>> {
    const opening = remembered(opened, summary.folder, async () =>
      (await import('../../runs')).openRun(summary.folder),
    );
    const made = await opening;
    const { manifest, study } = made;
    const { classNames } = manifest.dataset;
    const { study: now, text } = await studyNow(summary.studyFile, study);
    const { explain } = now;
    const other = text && (await otherSettings(made, text, summary.studyFile));
    const { inputSize } = study.model;
    const declared = declareNetwork(made.network, inputSize, classNames.length);
    const layer = resolveLayer(declared, explain.layer);
    const { head } = made.network.architecture;
    const behindPooling = closedFormLayer({ head, targetLayers: declared.targetLayers });
    const { checkpointHead, weightsAt } = await import('../../runs');
    const accuracies = new Map(summary.epochs.map(({ epoch, testAccuracy }) => [epoch, testAccuracy]));
    // A best-so-far may belong to an earlier epoch.
    const claiming = summary.imported?.accuracies.filter(({ claimed }) => claimed.isBestSoFar !== true);
    const unmeasured = unmeasuredEpochs(summary);
    const claims = new Map(claiming?.map(({ epoch, claimed }) => [epoch, claimed.testAccuracy]));
    return {
      kind: 'run',
      source,
      studyName: summary.studyName,
      name: runName(summary, 'title'),
      run: summary.folder,
      runs: runStore
        .runs()
        .filter((other) => other.studyFile === summary.studyFile && other.state !== 'damaged')
        .map((other) => ({ folder: other.folder, text: `${runName(other, 'inStudy')} · ${stateText(other)}` })),
      training: isLive(summary),
      otherSettings: other ? otherSettingsText(other, summary.studyFile) : null,
      classNames: [...classNames],
      checkpoints: summary.checkpoints.map((epoch) => ({
        epoch,
        testAccuracy: accuracies.get(epoch) ?? null,
        claimedAccuracy: claims.get(epoch) ?? null,
        measurable: unmeasured.includes(epoch),
        weights: weightsAt(manifest, epoch),
        name: checkpointHead(manifest, epoch),
      })),
      studyEpochs: explain.checkpoints === 'all' ? null : explain.checkpoints,
      layers: declared.targetLayers.map((each) => layerInfo(each, behindPooling)),
      defaultLayer: declared.defaultLayer.name,
      studyLayer: (isProblem(layer) ? declared.defaultLayer : layer).name,
      studyMethod: explain.method,
      studyParameters: explain.parameters ?? {},
      inputSize,
      images: await imagesOf(source, explain.resize, () => studyImages(summary, explain, text)),
      seed: study.training.seed,
      trusted: vscode.workspace.isTrusted,
      appearance: appearanceDefaults(),
    };
  }

  function studyImages(
    { folder, studyFile: file }: RunSummary,
    { images }: ExplainSettings,
    text: string | undefined,
  ): Promise<ImageReference[]> {
    if (!('random' in images)) return Promise.resolve([...named('test', images.test), ...named('train', images.train)]);
    const source = text === undefined ? ({ kind: 'run', folder } as const) : ({ kind: 'study', file } as const);
    return remembered(drawn, JSON.stringify([source, text]), () => engine.request('studyImages', { source }));
  }

  return { view, studyFile, run };
}

function layerInfo(layer: TargetLayer, behindPooling: TargetLayer | undefined): LayerInfo {
  const { name, channels, height, width, aliases = [], view } = layer;
  const tokens = view?.kind === 'tokens' ? view.prefix : null;
  return { name, channels, height, width, aliases: [...aliases], tokens, closedForm: name === behindPooling?.name };
}

async function imagesOf(
  { images }: PanelSource,
  resize: ExplainSettings['resize'],
  ofStudy: () => Promise<ImageReference[]>,
): Promise<ImageReference[]> {
  switch (images.of) {
    case 'study':
      return ofStudy();
    case 'files':
      return images.paths.map((path) => ({ kind: 'file', path, ...(resize && { resize }) }));
    case 'dataset':
      return images.images.map((image) => ({ kind: 'set', ...image }));
  }
}

function named(set: 'test' | 'train', indices: readonly number[]): ImageReference[] {
  return indices.map((index) => ({ kind: 'set', set, index }));
}

/** Failures are not cached. */
function remembered<Value>(
  known: Map<string, Promise<Value>>,
  key: string,
  find: () => Promise<Value>,
): Promise<Value> {
  const already = known.get(key);
  if (already !== undefined) return already;
  const value = find();
  known.set(key, value);
  value.catch(() => known.delete(key));
  return value;
}
