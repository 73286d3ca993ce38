/** All results of the image as a table: a row for each row of the grid and checkpoint. */
import { SIMILARITY_MEASURES } from '../../../src/measures/similarity';
import { csvText } from '../../common/csv';
import { className, exactNumber } from '../../common/text';
import { perturbedOf, predictionOf, type ImageRow, type ImageState } from './imageState';

const ROUND_HEADINGS = ['image', 'label', 'perturbation', 'title', 'round'];
const HEADINGS = [
  'epoch',
  'test_accuracy',
  'predicted',
  'confidence',
  'drop_of_prediction',
  'drop_of_label',
  ...SIMILARITY_MEASURES.map(({ column }) => column),
  'layer',
  'height',
  'width',
];

/**
 * RFC 4180. Clean lines have no perturbation. What a round drew stands by name, 0 where it is not drawn; "degrees" always
 * has a column. At the end come the classes' probabilities, p_NAME, and the map's raw values, before any scaling and as
 * the perturbed image has them: r0c0, r0c1, …, row by row.
 */
export function imageCsv(of: ImageState): string {
  const { store, image, view, checkpoints, label } = of;
  const { layer } = store;
  const names = view.classNames;
  const { height, width } = layer ?? { height: 0, width: 0 };
  const positions = Array.from({ length: height * width }, (_, i) => `r${Math.floor(i / width)}c${i % width}`);
  const parameters = parametersOf(of);
  const head = [...ROUND_HEADINGS, ...parameters, ...HEADINGS, ...names.map((name) => `p_${name}`), ...positions];
  const lines = of.rows.flatMap((row) =>
    checkpoints.flatMap(({ epoch, testAccuracy }) => {
      const prediction = predictionOf(of, row, epoch);
      if (prediction === undefined) return [];
      const perturbed = perturbedOf(of, row, epoch);
      const which =
        row.kind === 'clean'
          ? ['', 'clean', '', ...parameters.map(() => '')]
          : [
              row.entry.entry + 1,
              row.entry.title,
              row.at.round + 1,
              ...parameters.map((name) => drawnIn(of, row)[name] ?? 0),
            ];
      return [
        [
          image,
          label === null ? '' : className(names, label),
          ...which,
          epoch,
          testAccuracy ?? '',
          className(names, prediction.predicted),
          exactNumber(prediction.probabilities[prediction.predicted] ?? 0),
          perturbed?.drop.ofPrediction ?? '',
          perturbed?.drop.ofLabel ?? '',
          ...SIMILARITY_MEASURES.map(({ key }) => perturbed?.similarity[key] ?? ''),
          layer?.name ?? '',
          height,
          width,
          ...Array.from(prediction.probabilities, exactNumber),
          ...Array.from(prediction.map.values, exactNumber),
        ],
      ];
    }),
  );
  return csvText([head, ...lines]);
}

/** The names of all that rounds drew. */
function parametersOf(of: ImageState): string[] {
  return [...new Set(['degrees', ...of.rows.flatMap((row) => Object.keys(drawnIn(of, row)))])];
}

function drawnIn({ store, image }: ImageState, row: ImageRow): Readonly<Record<string, number>> {
  return row.kind === 'clean' ? {} : (store.picture(image, row.at)?.drawn.parameters ?? {});
}
