/** The study's perturbation tests, and what some images look like under them. */
import { misses } from '../../measures/robustness/expectations';
import type { ImageReference } from '../../protocol/engine';
import type { PerturbedProgress, RobustnessResultMessage } from '../../protocol/engine';
import type { FloatMap } from '../../imaging';
import type { Part, PerturbedContent, PerturbedImage, RobustnessContent, View } from '../content';
import { perturbationText, undoText, type Perturbation } from '../../perturbations';
import { absent, there, type CollectOptions } from './request';
import { reportImage } from './heatmapCells';

const NO_PERTURBATIONS = 'The study names no perturbations: add some under "perturbations".';

export async function collectRobustness(asking: CollectOptions): Promise<Part<RobustnessContent>> {
  const { request, run, study, epochs, compute, progress } = asking;
  const {
    perturbations,
    explain: { method },
  } = study;
  if (perturbations.length === 0) return absent(NO_PERTURBATIONS);
  const count = progress.count('perturbed images');
  const results: RobustnessResultMessage[] = [];
  const params = { run: run.folder, epochs: [...epochs], compute, method, perImage: true };
  await request('robustness', params, (value) => {
    if (value.kind === 'count') count(value.done, value.of);
    if (value.kind === 'result' && value.state !== 'stale') results.push(value);
  });
  if (results.length === 0)
    return absent('The perturbation tests have not been run yet: a report without --quick does.');
  return there({
    entries: perturbations.map((entry, place) => ({
      place,
      title: perturbationText(entry),
      expects: Object.keys(entry.expect ?? {}).length > 0,
      published: isPublished(entry),
      results: epochs.map((epoch) => {
        const found = results.find((result) => result.entry === place && result.epoch === epoch);
        if (found === undefined) return null;
        const missed = misses(entry, found.measured);
        return { measured: found.measured, misses: missed.map(({ text, decided }) => ({ text, decided })) };
      }),
    })),
  });
}

/** Of whose drop the published study tells. */
function isPublished(entry: Perturbation): boolean {
  return entry.kind === 'occlusion' && entry.pixels === 10 && entry.fill === 'black';
}

const SHOWN_ROUNDS = 3;

export async function collectPerturbed(
  asking: CollectOptions,
  images: readonly ImageReference[],
): Promise<Part<PerturbedContent>> {
  const { request, run, study, epochs, progress } = asking;
  if (study.perturbations.length === 0) return absent(NO_PERTURBATIONS);
  if (images.length === 0) return absent('The study names no images.');
  const count = progress.count('perturbed heatmaps');
  const said: PerturbedProgress[] = [];
  const { method, layer } = study.explain;
  const params = { run: run.folder, epochs: [...epochs], images: [...images], method, layer, rounds: SHOWN_ROUNDS };
  await request('perturbed', params, (value) => {
    said.push(value);
    if (value.kind === 'perturbed') count(value.done, value.of);
  });
  const [start] = said.filter((value) => value.kind === 'start');
  if (start === undefined) throw new Error('no start');
  return there({
    layer: start.layer.name,
    entries: start.entries.map(({ entry, title, rounds }) => ({
      place: entry,
      title,
      rounds,
      undone: undoText(study.perturbations[entry] as Perturbation) ?? null,
      images: start.images.map((image, place) =>
        perturbedImage(said, start, reportImage(image), { image: place, entry, epochs }),
      ),
    })),
  });
}

function perturbedImage(
  said: readonly PerturbedProgress[],
  { layer }: Extract<PerturbedProgress, { kind: 'start' }>,
  image: PerturbedImage['image'],
  at: { readonly image: number; readonly entry: number; readonly epochs: readonly number[] },
): PerturbedImage {
  const mapOf = (values: Float32Array): FloatMap => ({ height: layer.height, width: layer.width, values });
  const ofImage = said.filter((value) => value.kind !== 'start' && value.image === at.image);
  const clean = at.epochs.map((epoch): View => {
    const [view] = ofImage.filter((value) => value.kind === 'clean').filter((value) => value.epoch === epoch);
    if (view === undefined) throw new Error(`no view of epoch ${epoch}`);
    const { predicted, probabilities, map } = view;
    return { predicted, confidence: probabilities[predicted] as number, map: mapOf(map) };
  });
  const ofEntry = ofImage.filter((value) => value.kind === 'perturbed').filter(({ entry }) => entry === at.entry);
  const pictures = ofImage.filter((value) => value.kind === 'picture').filter(({ entry }) => entry === at.entry);
  return {
    image,
    clean,
    rounds: pictures.map(({ round, picture, drawn }) => ({
      picture,
      drawn,
      degrees: drawn.parameters['degrees'] ?? 0,
      views: at.epochs.map((epoch) => {
        const view = ofEntry.find((value) => value.round === round && value.epoch === epoch);
        if (view === undefined) throw new Error(`no view of round ${round} at epoch ${epoch}`);
        const { predicted, probabilities, map, drop, similarity } = view;
        return {
          predicted,
          confidence: probabilities[predicted] as number,
          map: mapOf(map),
          drop: drop.ofPrediction,
          spearman: similarity.spearman,
        };
      }),
    })),
  };
}
