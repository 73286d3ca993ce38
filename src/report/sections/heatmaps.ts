/** Clean heatmaps: images as rows, checkpoints as columns. */
import { epochRanges } from '../../common/epochRanges';
import { counted } from '../../common/counted';
import { DEFAULT_METHOD, methodName } from '../../explanations';
import { SETTLED_SPEARMAN } from '../../measures/drift';
import { checkpointName } from '../../runs';
import { imageHead, viewCell } from '../captions';
import type { HeatmapsContent, ImageSettled, ReportContent, RunContent } from '../content';
import { epochHead, hasSeveral } from '../epochs';
import { html, type Markup } from '../markup';
import { NOTHING } from '../numbers';
import { picture } from '../pictures';
import { eachRun, figure, partOf, type Section } from './section';

export function heatmapsSection(content: ReportContent): Section {
  const body = eachRun(content, (run) => partOf(run.heatmaps, (heatmaps) => grid(run, heatmaps)));
  const name = methodName(content.runs[0]?.method ?? DEFAULT_METHOD);
  return { id: 'heatmaps', title: content.runs.some(hasSeveral) ? `${name} by epoch` : name, body };
}

function grid({ run, method, checkpoints }: RunContent, { layer, images, rows, followed }: HeatmapsContent): Markup {
  const { classNames } = run.manifest.dataset;
  const settles = rows.some(({ settled }) => settled !== undefined);
  const table = html`<div class="scroll">
    <table class="grid">
      <thead>
        <tr>
          <th scope="col">Image</th>
          <td></td>
          ${checkpoints.map(({ epoch }) => epochHead(run, epoch))} ${settles && html`<th scope="col">Settles at</th>`}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ image, views, settled }) =>
            html`<tr>
              <th scope="row">${imageHead(image, classNames)}</th>
              <td>${picture(image.picture, image.name)}</td>
              ${views.map((view, at) => html`<td>${viewCell(image, view, classNames, { checkpoint: checkpointName(run.manifest, checkpoints[at]?.epoch ?? 0) })}</td>`)}
              ${settles && html`<td class="settled">${settledCell(settled)}</td>`}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
  const shown = rows.length < images ? `${rows.length} of the study’s ${images} images` : counted(rows.length, 'image');
  return figure(
    table,
    html`${methodName(method)} of ${shown} at
      ${checkpoints.length === 1 ? 'one checkpoint, of the class that it' : `${checkpoints.length} checkpoints, of the class that each`}
      predicts, at the layer <code>${layer}</code>, each map scaled from its own least to its own greatest value. A map
      that is the same everywhere points at nothing and is called
      flat.${
        settles &&
        ` An image’s focus settles at the first epoch from which on its map has a rank correlation of at least ${SETTLED_SPEARMAN} with the last one’s, at ${followedText(followed)}; under it, of the one class that the last checkpoint predicts, where that is another epoch.`
      }`,
  );
}

function settledCell(settled: ImageSettled | undefined): Markup | string {
  if (settled === undefined) return NOTHING;
  if (settled === 'flat') return 'unknown: the last map is flat';
  const { predicted, lastPrediction } = settled;
  if (predicted === lastPrediction) return epochText(predicted);
  return html`${epochText(predicted)}<br /><small>one class: ${epochText(lastPrediction)}</small>`;
}

function epochText(epoch: number | null): string {
  return epoch === null ? 'not yet' : `epoch ${epoch}`;
}

/** "every one of the 5 checkpoints that are kept, which are of epochs 0–3 and 20" */
function followedText(followed: readonly number[]): string {
  return `every one of the ${followed.length} checkpoints that are kept, which are of epochs ${epochRanges(followed)}`;
}
