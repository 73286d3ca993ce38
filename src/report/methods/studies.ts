/** The measures of the studies of trust: windows, ranges, what their ends mean, and what they are held against. */
import { controlOf } from '../../measures/faithfulness/controls';
import { scoreOf, type ScoreId } from '../../measures/faithfulness/scores';
import type { RunContent } from '../content';
import type { ReferenceKey } from '../references/entries';
import { agreementMethods } from './agreement';
import { attackMethods } from './attacks';
import { entry, group, type Methods, type MethodsEntry } from './entry';
import { localisationMethods } from './localisation';
import { sanityMethods } from './sanity';

const SCORE_SOURCES: Readonly<Record<ScoreId, ReferenceKey>> = {
  deletion: 'petsiuk2018rise',
  insertion: 'petsiuk2018rise',
  road: 'rong2022road',
  muFidelity: 'bhatt2020evaluating',
  sensitivity: 'yeh2019infidelity',
  sparseness: 'chalasani2020concise',
};

const ENDS: Readonly<Record<ScoreId, string>> = {
  deletion: '0: the probability is gone at once; 1: it never falls. Less is better',
  insertion: '1: the probability is there at once; 0: it never comes. More is better',
  road: '0: the highest pixels matter no more than the lowest; 1: they alone matter. More is better',
  muFidelity: '1: what the map adds up to is what the probability loses; 0: no relation. More is better',
  sensitivity: '0: the map does not change; 1: it changes by as much as it is. It describes a map',
  sparseness: '0: even; near 1: one cell has all. It describes a map',
};

export const studyMethods: Methods = (run) =>
  group('Measures of trust', [
    ...faithfulness(run),
    ...sanityMethods(run),
    ...localisationMethods(run),
    ...agreementMethods(run),
    ...calibration(run),
    ...benchmark(run),
    ...attackMethods(run),
  ]);

function faithfulness({ studies }: RunContent): MethodsEntry[] {
  const points = studies.faithfulness?.methods.flatMap((method) => method.points) ?? [];
  const scores = [...new Set(points.flatMap((point) => point.scores.map(({ score }) => score)))];
  const controls = [
    ...new Set(points.flatMap((point) => point.scores.flatMap((each) => each.controls.map(({ control }) => control)))),
  ];
  if (scores.length === 0) return [];
  return [
    ...scores.map((id) => {
      const { name, description, range } = scoreOf(id);
      const [low, high] = range;
      const within = `${low < 0 ? `−${-low}` : low} to ${Number.isFinite(high) ? high : '∞'}`;
      return entry(name, `Of each image ${description}; ${within}. ${ENDS[id]}.`, SCORE_SOURCES[id]);
    }),
    entry(
      'Controls',
      `Each score stands beside that of maps that know nothing of the checkpoint, at the resolution of the method’s map, and what counts is the paired difference over the same images: ${controls.map((id) => `${controlOf(id).name} (${lower(controlOf(id).description)})`).join('; ')}. Maps are ranked before ReLU, enlarged to the input bilinearly; equal pixels by their place, and in ROAD in a fixed random order.`,
    ),
    entry(
      'Intervals of faithfulness',
      'Means and paired differences have bootstrap intervals over images (95 %, seeded): they hold over other images like these, and not over other seeds of random maps, noise or the training.',
      'efron1993bootstrap',
    ),
  ];
}

function lower(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/\.$/, '')}`;
}

function calibration({ studies }: RunContent): MethodsEntry[] {
  if (studies.calibration === undefined) return [];
  return [
    entry(
      'Expected calibration error',
      'Confidence is the highest probability (softmax). Images go into 15 bins of it, of equal width or of as many images each; the ECE is the mean distance of a bin’s accuracy from its mean confidence, weighted by its images, 0 to 1: 0 is confidence as high as accuracy everywhere. It is biased upwards for few images and well-calibrated networks; its bootstrap interval is of the error without that bias.',
      'naeini2015obtaining',
      'guo2017calibration',
      'efron1993bootstrap',
    ),
    entry(
      'NLL and Brier score',
      'NLL is the mean negative logarithm of the label’s probability, in nats, from 0 (sure and right). The Brier score is the squared error of all classes’ probabilities, summed over classes, 0 to 2: 0 is sure and right, 2 sure and wrong.',
      'brier1950verification',
    ),
    entry(
      'Temperature',
      'One number that divides all logits, fitted by the least NLL of images that are not scored; it changes no prediction. 1 is as trained, above 1 less sure.',
      'guo2017calibration',
    ),
  ];
}

function benchmark({ studies }: RunContent): MethodsEntry[] {
  const all = studies.benchmark?.benchmarks ?? [];
  const kinds = new Set(all.flatMap(({ files }) => files.map(({ kind }) => kind)));
  return [
    ...(kinds.has('corruption')
      ? [
          entry(
            'Mean corruption error',
            'The files of the published corruptions are read as they are. The error of each is averaged over its five severities, and then over the standard corruptions that are there; it is divided by no other network’s. A relative error is the sum of a corruption’s errors over the sum of the other run’s, averaged over corruptions.',
            'hendrycks2019benchmarking',
          ),
        ]
      : []),
    ...(kinds.has('sequence')
      ? [
          entry(
            'Flip probability',
            'In each published sequence of frames, the share of frames whose prediction is another than that of the frame before; of noise, than that of the first frame, as each is a draw of its own.',
            'hendrycks2019benchmarking',
          ),
        ]
      : []),
  ];
}
