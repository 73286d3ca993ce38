/** Which images: their set, how many of it, by which hash, and how they reach the network. */
import { wholeText } from '../../common/counted';
import { DATASET_KINDS } from '../../datasets/datasetKinds';
import type { DatasetKind } from '../../datasets/datasetKind';
import type { RunContent } from '../content';
import { isTrainedHere } from '../../runs';
import { listed } from '../numbers';
import type { ReferenceKey } from '../references/entries';
import { entry, group, type Methods, type MethodsEntry } from './entry';

const SOURCES: Readonly<Record<string, readonly ReferenceKey[]>> = {
  cifar10: ['krizhevsky2009learning'],
  cifar100: ['krizhevsky2009learning'],
};

/** Of the hexadecimal sums that stand whole under "What was run". */
export function shortHash(hash: string): string {
  return hash.slice(0, 12);
}

export const dataMethods: Methods = (run) => {
  const { dataset } = run.run.manifest;
  const kind = DATASET_KINDS.find((each) => each.kind === dataset.kind);
  return group('Data', [
    entry('Images', imagesText(run, kind), ...(SOURCES[dataset.kind] ?? [])),
    entry(
      'Classes',
      `${wholeText(dataset.classNames.length)}: ${listed(dataset.classNames.slice(0, 20))}${dataset.classNames.length > 20 ? ' and others' : ''}.`,
    ),
    validationEntry(run),
    entry('Explained images', explainedText(run)),
    entry('Input', inputText(run)),
  ]);
};

function imagesText(
  { run: { manifest }, images: { train, test, height, width } }: RunContent,
  kind: DatasetKind | undefined,
): string {
  const { dataset } = manifest;
  const all = kind?.onDisk?.archive?.images;
  const drawn =
    kind !== undefined && kind.onDisk === undefined
      ? ', drawn by the program, which also knows the mask of every object'
      : '';
  const part =
    all !== undefined && (train < all.train || test < all.test)
      ? ` These are the first ones of its files and not the whole of its ${wholeText(all.train)} and ${wholeText(all.test)}.`
      : all === undefined
        ? ''
        : ' That is all of it.';
  const files = (dataset.files ?? []).map(
    ({ name, records, sha256 }) =>
      `${name} (${wholeText(records)}${sha256 === '' ? '' : `, SHA-256 ${shortHash(sha256)}…`})`,
  );
  const from = files.length === 0 ? '' : ` Files, with the images used of each: ${files.join(', ')}.`;
  return `${kind?.title ?? dataset.kind}: ${wholeText(train)} training and ${wholeText(test)} test images of ${height}×${width} pixels${drawn}.${part}${from} Fingerprint of all images and labels: ${shortHash(dataset.fingerprint)}.`;
}

/** The images of which the best epoch is chosen; nothing where all training images are trained on. */
function validationEntry({ run: { study, manifest }, images: { train } }: RunContent): MethodsEntry | undefined {
  const { validation } = study.dataset;
  if (validation === undefined || !isTrainedHere(manifest)) return undefined;
  return entry(
    'Validation images',
    `${wholeText(validation.count)} of the ${wholeText(train)} training images are kept back from training (\`dataset.validation\`), of each class its share, drawn by the seed ${manifest.seed}; they choose the best epoch, and the test images do not.`,
  );
}

function explainedText({ asked: { explain }, run }: RunContent): string {
  const { images } = explain;
  if ('random' in images)
    return `Heatmaps are shown of ${wholeText(images.random)} test images drawn at random by the seed ${run.manifest.seed}; numbers are over the images that stand with them.`;
  const named = [
    ...(images.test.length > 0 ? [`test images ${listed(images.test)}`] : []),
    ...(images.train.length > 0 ? [`training images ${listed(images.train)}`] : []),
  ];
  return `Heatmaps are shown of images that the study names: ${listed(named)}. Numbers are over the images that stand with them.`;
}

function inputText({ run: { study }, images: { height, width } }: RunContent): string {
  const { inputSize, normalization } = study.model;
  const resized =
    height === inputSize && width === inputSize
      ? 'Images are taken at their own resolution'
      : `Images are resized to ${inputSize}×${inputSize} bilinearly with half-pixel centres, after they are perturbed where they are`;
  return `${resized}; values from 0 to 1, less the mean (${normalization.mean.join(', ')}) and over the standard deviation (${normalization.std.join(', ')}) of red, green and blue.`;
}
