/** What is misclassified: how much of what, with the heatmaps of both classes; how images fare; the study's search. */
import { FATES, type Fate } from '../../mistakes';
import { className, imageHead, verdict, viewCell } from '../captions';
import type { MistakeFigure, MistakesContent, ReportContent, RunContent } from '../content';
import { html, type Markup } from '../markup';
import { fixed, listed } from '../numbers';
import { difference, overlay, picture } from '../pictures';
import { dataTable } from '../table';
import { eachRun, figure, partOf, type Section } from './section';

export function mistakesSection(content: ReportContent): Section {
  const body = eachRun(content, (run) =>
    partOf(
      run.mistakes,
      (mistakes) =>
        html`${confusions(run, mistakes)} ${fates(mistakes)} ${examples(run, mistakes)} ${search(run, mistakes)}`,
    ),
  );
  return { id: 'mistakes', title: 'Misclassified images', body };
}

function confusions({ run }: RunContent, { images, epochs }: MistakesContent): Markup {
  const { classNames } = run.manifest.dataset;
  const most = Math.max(0, ...epochs.map(({ confusions: all }) => all.length));
  return dataTable({
    caption: html`Of ${images} test images, how many each checkpoint gets wrong, and its most common confusions, label →
    prediction.`,
    head: ['Epoch', 'Wrong', '%', ...Array.from({ length: most }, (_, at) => `Confusion ${at + 1}`)],
    words: true,
    rows: epochs.map(({ epoch, wrong, confusions: all }) => [
      epoch,
      wrong,
      fixed((100 * wrong) / images, 2),
      ...Array.from({ length: most }, (_, at) => {
        const found = all[at];
        if (found === undefined) return '–';
        return `${className(found.label, classNames)} → ${className(found.predicted, classNames)}: ${found.count}`;
      }),
    ]),
  });
}

const FATE_TEXTS: Readonly<Record<Fate, string>> = {
  always: 'right at each of these epochs',
  learned: 'wrong at first, then right and never wrong again',
  unsettled: 'right at the last, but forgotten on the way',
  forgotten: 'right at some, wrong at the last',
  never: 'wrong at each',
};

function fates({ images, fates: { epochs, counts, forgettingEvents } }: MistakesContent): Markup {
  return dataTable({
    caption: html`How the ${images} test images fare over epochs ${listed(epochs)}: ${forgettingEvents} times an image
    that one of them gets right is wrong at the next (forgetting events, Toneva et al. 2019).`,
    head: ['Fate', 'Images', '%', 'Meaning'],
    words: true,
    rows: FATES.map((fate) => [fate, counts[fate], fixed((100 * counts[fate]) / images, 1), FATE_TEXTS[fate]]),
  });
}

const HEADS = ['Image', '', 'Of the prediction', 'Of the label', 'Difference'] as const;

function errorHead(more: readonly string[] = []): Markup {
  return html`<thead>
    <tr>
      ${[...HEADS, ...more].map((title) => (title === '' ? html`<td></td>` : html`<th scope="col">${title}</th>`))}
    </tr>
  </thead>`;
}

function errorCells(error: MistakeFigure, epoch: number, classNames: readonly string[]): Markup {
  const { image, map, labelMap, ofLabel, predicted } = error;
  const both = [map, labelMap];
  const [wrong, right] = [className(predicted, classNames), className(image.label, classNames)];
  const of = (name: string): string => `Grad-CAM of ${name} over ${image.name}, epoch ${epoch}`;
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
      ${difference(map, labelMap, `Heatmap of ${wrong} less that of ${right}, of ${image.name} at epoch ${epoch}`)}
    </td>`;
}

function examples({ run }: RunContent, { epochs }: MistakesContent): Markup {
  const { classNames } = run.manifest.dataset;
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
                    ${errorCells(error, epoch, classNames)}
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>`,
        html`An example of each of the most common confusions of epoch ${epoch}, which gets ${wrong} test images wrong:
        the heatmaps of the class it predicts and of the right one on one scale, and the first less the second (red:
        more of the prediction’s, blue: more of the label’s).`,
      ),
    )}`;
}

function search(
  { run }: RunContent,
  { images, search: { seed, found, lastEpoch } }: MistakesContent,
): Markup | undefined {
  if (found.length === 0) return undefined;
  const { classNames } = run.manifest.dataset;
  const errors = found.flatMap(({ epoch, error }) => (error === null ? [] : [{ epoch, ...error }]));
  const none = found.filter(({ error }) => error === null).map(({ epoch }) => epoch);
  return figure(
    html`<div class="scroll">
      <table class="grid">
        ${errorHead([`Epoch ${lastEpoch}`])}
        <tbody>
          ${errors.map(
            ({ epoch, lookedAt, figure: error, last }) =>
              html`<tr>
                <th scope="row">
                  Epoch ${epoch}<br />${imageHead(error.image, classNames)}<br /><span class="muted"
                    >looked at ${lookedAt}</span
                  >
                </th>
                ${errorCells(error, epoch, classNames)}
                <td>${viewCell(error.image, last, classNames, { epoch: lastEpoch })}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`,
    html`The study’s own search: the ${images} test images in an order shuffled by the seed ${seed}, until the
    checkpoint errs. Beside it what epoch ${lastEpoch} makes of the same
    image.${none.length > 0 && ` Epoch ${listed(none)} errs about none of them.`}`,
  );
}
