import type { RunContent } from '../../../src/report/content';
import { importedAccuracies, withMeasured, type EpochMetrics, type ImportedFile } from '../../../src/runs';
import { runContent } from './content';

interface Checkpoint {
  readonly file: Partial<ImportedFile> & Pick<ImportedFile, 'epoch'>;
  /** Of a thousand; absent where it was not measured. */
  readonly right?: number;
}

/** A run of imported checkpoints, of which each has every part of a report that so many have. */
export function importedContent(checkpoints: readonly Checkpoint[], model: object = {}): RunContent {
  const content = runContent({ model: { architecture: 'resnet20', ...model } }, 'cifar10');
  const { run } = content;
  const files = checkpoints.map(({ file }): ImportedFile => {
    return { file: `/theirs/${file.epoch}.pth`, sha256: 'cc', epochFrom: 'name', ...file };
  });
  const manifest = { ...run.manifest, imported: { from: '/theirs', files } };
  const metrics = checkpoints.flatMap(({ file: { epoch }, right }): EpochMetrics[] => {
    if (right === undefined) return [];
    const unknown = { trainLoss: null, trainAccuracy: null, learningRate: null, seconds: null, imagesPerSecond: null };
    return [{ epoch, ...unknown, testLoss: 0.5, testAccuracy: right / 10, testImages: 1000 }];
  });
  const accuracies = importedAccuracies(manifest, metrics);
  const present = checkpoints.map(({ file }) => file.epoch);
  return {
    ...withEpochs(content, present),
    run: { ...run, manifest },
    metrics: withMeasured(metrics, accuracies),
    accuracies,
    present,
  };
}

/** The made-up parts for other epochs, as many as they are of. */
function withEpochs(content: RunContent, epochs: readonly number[]): RunContent {
  const { heatmaps, misclassified, perturbed, robustness, attention } = content;
  if (!heatmaps.there || !misclassified.there || !perturbed.there || !robustness.there || !attention.there)
    throw new Error('a part is missing');
  const first = <T>(all: readonly T[]): T[] => epochs.map((_, at) => all[Math.min(at, all.length - 1)] as T);
  const several = epochs.length > 1;
  const { fates, ...others } = misclassified.value;
  const rows = heatmaps.value.rows.map(({ settled, ...row }) => {
    const views = first(row.views);
    return several && settled !== undefined ? { ...row, views, settled } : { ...row, views };
  });
  return {
    ...content,
    checkpoints: epochs.map((epoch) => ({ epoch, hash: `hash of ${epoch}` })),
    heatmaps: { there: true, value: { ...heatmaps.value, rows } },
    misclassified: {
      there: true,
      value: {
        ...others,
        epochs: epochs.map((epoch) => ({ ...others.epochs[0]!, epoch })),
        fates: several && fates !== null ? { ...fates, epochs } : null,
        search: { ...others.search, found: several ? others.search.found : [] },
      },
    },
    perturbed: {
      there: true,
      value: {
        ...perturbed.value,
        entries: perturbed.value.entries.map((entry) => ({
          ...entry,
          images: entry.images.map((image) => ({
            ...image,
            clean: first(image.clean),
            rounds: image.rounds.map((round) => ({ ...round, views: first(round.views) })),
          })),
        })),
      },
    },
    robustness: {
      there: true,
      value: { entries: robustness.value.entries.map((entry) => ({ ...entry, results: first(entry.results) })) },
    },
    attention: several
      ? {
          there: true,
          value: {
            ...attention.value,
            numbers: {
              ...attention.value.numbers,
              randomisation: null,
              epochs: epochs.map((epoch, at) => ({
                ...attention.value.numbers.epochs[Math.min(at, 1)]!,
                epoch,
              })),
            },
          },
        }
      : { there: false, reason: 'There is one checkpoint only: nothing has moved yet.' },
  };
}
