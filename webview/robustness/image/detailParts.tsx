/** What a cell shows when it is opened large. */
import type { ReadonlySignal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { SIMILARITY_MEASURES } from '../../../src/measures/similarity';
import type { Appearance } from '../../common/heat/appearance';
import { className, percent } from '../../common/text';
import { HeatStack, PictureStack, heatInWords } from '../../heat';
import { numberText } from '../tests/measures';
import { perturbedOf, pictureOf, predictionOf, scalesOf, type ImageRow, type ImageState } from './imageState';
import type { PerturbedPrediction } from './perturbedStore';
import { similarityName } from './words';

/** The side in pixels of a smooth heatmap. */
const RASTER = 288;
/** The classes whose probabilities are shown. */
const CLASSES = 5;

export interface CellOf {
  readonly of: ImageState;
  readonly row: ImageRow;
  readonly epoch: number;
}

/** The picture alone, and beside it under its heatmap. */
export function Figures({ of, row, epoch, appearance }: CellOf & { readonly appearance: ReadonlySignal<Appearance> }) {
  const isClean = row.kind === 'clean';
  const picture = pictureOf(of, row);
  const prediction = predictionOf(of, row, epoch);
  const [alone, under] = isClean
    ? [l10n.t('Clean'), l10n.t('Clean, heatmap')]
    : [l10n.t('Perturbed'), l10n.t('Perturbed, heatmap')];
  return (
    <>
      <figure>
        <PictureStack picture={picture} role="img" aria-label={alone} />
        <figcaption>{alone}</figcaption>
      </figure>
      <figure>
        <HeatStack
          picture={picture}
          map={prediction}
          flat={prediction?.flat === true}
          scale={scalesOf(of, appearance.value.scale)(row)}
          appearance={appearance}
          raster={RASTER}
          role="img"
          aria-label={prediction === undefined ? under : `${under}. ${heatInWords(prediction)}`}
        />
        <figcaption>{under}</figcaption>
      </figure>
    </>
  );
}

/** The most probable classes of the clean and the perturbed image. */
export function Probabilities({ of, row, epoch }: CellOf) {
  const clean = of.store.clean(of.image, epoch);
  const perturbed = perturbedOf(of, row, epoch);
  if (clean === undefined) return null;
  const largest = (index: number): number =>
    Math.max(clean.probabilities[index] ?? 0, perturbed?.probabilities[index] ?? 0);
  const names = of.view.classNames;
  const order = names.map((_, index) => index).sort((a, b) => largest(b) - largest(a));
  return (
    <table class="probability-table">
      <thead>
        <tr>
          <th scope="col">{l10n.t('Class')}</th>
          <th scope="col">{l10n.t('Clean')}</th>
          {perturbed !== undefined && <th scope="col">{l10n.t('Perturbed')}</th>}
          {perturbed !== undefined && <th scope="col">{l10n.t('Change')}</th>}
        </tr>
      </thead>
      <tbody>
        {order.slice(0, CLASSES).map((index) => {
          const before = clean.probabilities[index] ?? 0;
          const after = perturbed?.probabilities[index];
          return (
            <tr key={index}>
              <th scope="row">
                {className(names, index)}
                {index === of.label && <span class="tag">{l10n.t('label')}</span>}
              </th>
              <Share value={before} />
              {after !== undefined && <Share value={after} />}
              {after !== undefined && <td class="change">{pointsText(after - before)}</td>}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Share({ value }: { readonly value: number }) {
  return (
    <td>
      <span class="track" aria-hidden="true">
        <span class="fill" style={{ width: `${100 * value}%` }} />
      </span>
      {percent(value)}
    </td>
  );
}

/** A change in percentage points: "+12.3" */
function pointsText(change: number): string {
  return `${change > 0 ? '+' : ''}${numberText(100 * change, 1)}`;
}

/** How far the confidence falls, and how alike the heatmaps are. */
export function Similarities({ perturbed }: { readonly perturbed: PerturbedPrediction | undefined }) {
  if (perturbed === undefined) return null;
  const { similarity, drop } = perturbed;
  const facts: readonly (readonly [string, string])[] = [
    [l10n.t('Confidence drop of the prediction'), numberText(drop.ofPrediction, 4)],
    [l10n.t('Confidence drop of the label'), numberText(drop.ofLabel, 4)],
    ...SIMILARITY_MEASURES.map(
      ({ key }) => [l10n.t('Heatmaps: {0}', similarityName(key)), numberText(similarity[key], 3)] as const,
    ),
  ];
  return (
    <dl class="alike-list">
      {facts.map(([name, value]) => (
        <>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  );
}
