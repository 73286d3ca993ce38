/** Misclassified images with the heatmaps of what is predicted and of what is right, and their difference. */
import { capital } from '../../common/capital';
import { counted } from '../../common/counted';
import { checkpointHead, checkpointName, type RunManifest } from '../../runs';
import { className, imageHead, verdict, viewCell } from '../captions';
import type { MisclassifiedFigure, MisclassifiedContent, RunContent } from '../content';
import { html, type Markup } from '../markup';
import { fixed, listed } from '../numbers';
import { difference, overlay, picture } from '../pictures';
import { figure } from './section';

const HEADS = ['Image', '', 'Of the prediction', 'Of the label', 'Difference'] as const;

function errorHead(more: readonly string[] = []): Markup {
  return html`<thead>
    <tr>
      ${[...HEADS, ...more].map((title) => (title === '' ? html`<td></td>` : html`<th scope="col">${title}</th>`))}
    </tr>
  </thead>`;
}

function errorCells(error: MisclassifiedFigure, checkpoint: string, classNames: readonly string[]): Markup {
  const { image, map, labelMap, ofLabel, predicted } = error;
  const both = [map, labelMap];
  const [wrong, right] = [className(predicted, classNames), className(image.label, classNames)];
  const of = (name: string): string => `Heatmap of ${name} over ${image.name}, ${checkpoint}`;
  return html`<td>${picture(image.picture, image.name)}</td>
    <td>
      ${overlay(image.picture, map, of(wrong), both)}
      <div class="caption">${verdict(error, image.label, classNames)}</div>
    </td>
    <td>
      ${overlay(image.picture, labelMap, of(right), both)}
      <div class="caption">${right} ${fixed(100 * ofLabel, 0)} %</div>
    </td>
    <td>
      ${difference(map, labelMap, `Heatmap of ${wrong} less that of ${right}, of ${image.name} at ${checkpoint}`)}
    </td>`;
}

/** An example of each confusion, a figure a checkpoint. */
export function examples({ run: { manifest } }: RunContent, { epochs }: MisclassifiedContent): Markup {
  const { classNames } = manifest.dataset;
  return html`${epochs
    .filter(({ examples: all }) => all.length > 0)
    .map(({ epoch, wrong, examples: all }) =>
      figure(
        html`<div class="scroll">
          <table class="grid">
            ${errorHead()}
            <tbody>
              ${all.map(
                (error) =>
                  html`<tr>
                    <th scope="row">${imageHead(error.image, classNames)}</th>
                    ${errorCells(error, checkpointName(manifest, epoch), classNames)}
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>`,
        html`An example of each of the most common confusions of ${checkpointName(manifest, epoch)}, which gets
        ${counted(wrong, 'test image')} wrong: the heatmaps of the class it predicts and of the right one on one scale,
        and the first less the second (red: more of the prediction’s, blue: more of the label’s).`,
      ),
    )}`;
}

/** What the study's own search found. */
export function search(
  { run }: RunContent,
  { images, search: { seed, found, lastEpoch } }: MisclassifiedContent,
): Markup | undefined {
  if (found.length === 0) return undefined;
  const { classNames } = run.manifest.dataset;
  const lastName = checkpointName(run.manifest, lastEpoch);
  const errors = found.flatMap(({ epoch, error }) => (error === null ? [] : [{ epoch, ...error }]));
  const none = found.filter(({ error }) => error === null).map(({ epoch }) => epoch);
  return figure(
    html`<div class="scroll">
      <table class="grid">
        ${errorHead([checkpointHead(run.manifest, lastEpoch)])}
        <tbody>
          ${errors.map(
            ({ epoch, lookedAt, figure: error, last }) =>
              html`<tr>
                <th scope="row">
                  ${checkpointHead(run.manifest, epoch)}<br />${imageHead(error.image, classNames)}<br /><span
                    class="muted"
                    >looked at ${lookedAt}</span
                  >
                </th>
                ${errorCells(error, checkpointName(run.manifest, epoch), classNames)}
                <td>${viewCell(error.image, last, classNames, { checkpoint: lastName })}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`,
    html`The study’s own search: the ${counted(images, 'test image')} in an order shuffled by the seed ${seed}, until
    the checkpoint errs. Beside it what ${lastName} makes of the same
    image.${none.length > 0 && ` ${noneText(run.manifest, none)} about none of them.`}`,
  );
}

/** "Epochs 1 and 3 err", "The checkpoint errs" */
function noneText(manifest: RunManifest, epochs: readonly number[]): string {
  const [only = 0] = epochs;
  return epochs.length === 1 ? `${capital(checkpointName(manifest, only))} errs` : `Epochs ${listed(epochs)} err`;
}
