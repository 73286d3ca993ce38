/** All results of the image as a table: a row for each row of the grid and checkpoint. */
import { csvText } from '../../common/csv';
import { className, exactNumber } from '../../common/text';
import { sightOf, type ImageModel } from './model';

const HEADINGS = [
  'image',
  'label',
  'perturbation',
  'title',
  'round',
  'degrees',
  'epoch',
  'test_accuracy',
  'predicted',
  'confidence',
  'drop_of_prediction',
  'drop_of_label',
  'spearman',
  'pearson',
  'ssim',
  'top_overlap',
  'layer',
  'height',
  'width',
];

/**
 * RFC 4180. Clean rows have no perturbation. Then follow the classes' probabilities, p_NAME, and the map's raw values
 * before any scaling, r0c0, r0c1, …, row by row, in the perturbed image's own coordinates.
 */
export function imageCsv(of: ImageModel): string {
  const { looked, image, model, label } = of;
  const { layer } = looked;
  const names = model.view.classNames;
  const { height, width } = layer ?? { height: 0, width: 0 };
  const positions = Array.from({ length: height * width }, (_, i) => `r${Math.floor(i / width)}c${i % width}`);
  const head = [...HEADINGS, ...names.map((name) => `p_${name}`), ...positions];
  const lines = of.rows.flatMap((row) =>
    model.checkpoints.flatMap(({ epoch, testAccuracy }) => {
      const sight = sightOf(of, row, epoch);
      if (sight === undefined) return [];
      const perturbed = row.kind === 'clean' ? undefined : looked.perturbed(image, row.at, epoch);
      const { spearman = null, pearson = null, ssim = null, topOverlap = null } = perturbed?.similarity ?? {};
      const which =
        row.kind === 'clean'
          ? ['', 'clean', '', '']
          : [row.entry.entry + 1, row.entry.title, row.at.round + 1, looked.picture(image, row.at)?.degrees ?? 0];
      return [
        [
          image,
          label === null ? '' : className(names, label),
          ...which,
          epoch,
          testAccuracy ?? '',
          className(names, sight.predicted),
          exactNumber(sight.probabilities[sight.predicted] ?? 0),
          perturbed?.drop.ofPrediction ?? '',
          perturbed?.drop.ofLabel ?? '',
          spearman ?? '',
          pearson ?? '',
          ssim ?? '',
          topOverlap ?? '',
          layer?.name ?? '',
          height,
          width,
          ...Array.from(sight.probabilities, exactNumber),
          ...Array.from(sight.map.values, exactNumber),
        ],
      ];
    }),
  );
  return csvText([head, ...lines]);
}
