/** Perturbed images with their heatmaps, beside the clean ones. */
import { methodName } from '../../explanations';
import { counted } from '../../common/counted';
import { checkpointName } from '../../runs';
import { className, imageHead, viewCell } from '../captions';
import type { PerturbedContent, PerturbedImage, ReportContent, RunContent } from '../content';
import { epochHead } from '../epochs';
import { html, type Markup } from '../markup';
import { fixed } from '../numbers';
import { picture } from '../pictures';
import { eachRun, figure, partOf, type Section } from './section';

export function perturbedSection(content: ReportContent): Section {
  const body = eachRun(content, (run) =>
    partOf(
      run.perturbed,
      ({ entries, layer }) =>
        html`${entries.flatMap((entry) => entry.images.map((image) => rounds(run, layer, entry, image)))}`,
    ),
  );
  return { id: 'perturbed', title: 'Perturbed images', body };
}

function rounds(
  { run, method, checkpoints }: RunContent,
  layer: string,
  { place, title, rounds: all, undone }: PerturbedContent['entries'][number],
  { image, clean, rounds: shown }: PerturbedImage,
): Markup {
  const { classNames } = run.manifest.dataset;
  const nameAt = (at: number): string => checkpointName(run.manifest, checkpoints[at]?.epoch ?? 0);
  const table = html`<div class="scroll">
    <table class="grid">
      <thead>
        <tr>
          <th scope="col">${imageHead(image, classNames)}</th>
          <td></td>
          ${checkpoints.map(({ epoch }) => epochHead(run, epoch))}
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">Clean</th>
          <td>${picture(image.picture, image.name)}</td>
          ${clean.map((view, at) => html`<td>${viewCell(image, view, classNames, { checkpoint: nameAt(at) })}</td>`)}
        </tr>
        ${shown.map(
          ({ picture: pixels, drawn, views }, round) =>
            html`<tr>
              <th scope="row">
                Round ${round + 1}${drawn.text !== '' && html`<br /><span class="muted">${drawn.text}</span>`}
              </th>
              <td>${picture(pixels, `${image.name} under ${title}, round ${round + 1}`)}</td>
              ${views.map((view, at) => {
                const extra = `drop ${fixed(view.drop, 3)}, ρ ${fixed(view.spearman, 2)}`;
                return html`<td>
                  ${viewCell(image, view, classNames, { checkpoint: nameAt(at), picture: pixels, extra })}
                </td>`;
              })}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
  const which = shown.length < all ? `the first ${shown.length} of ${all} rounds` : counted(all, 'round');
  return figure(
    table,
    html`Perturbation ${place + 1}, ${title}, of ${image.name} (${className(image.label, classNames)}): ${which} beside
      the clean image. ${methodName(method)} of the class that the clean image is taken for, at <code>${layer}</code>;
      under them what is predicted now, by how much confidence in the clean prediction drops (rises, where that is
      negative), and the rank correlation ρ with the clean map${undone !== null && `, ${undone} first`}.`,
  );
}
