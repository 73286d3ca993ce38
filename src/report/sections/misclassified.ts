/** What is misclassified: how much of what, with the heatmaps of both classes; how images fare; the study's search. */
import { FATES, type Fate } from '../../measures/misclassified';
import { counted } from '../../common/counted';
import { checkpointCell } from '../../runs';
import { className } from '../captions';
import type { FatesContent, MisclassifiedContent, ReportContent, RunContent } from '../content';
import { html, type Markup } from '../markup';
import { fixed, listed } from '../numbers';
import { dataTable } from '../table';
import { examples, search } from './misclassifiedFigures';
import { eachRun, partOf, type Section } from './section';

export function misclassifiedSection(content: ReportContent): Section {
  const body = eachRun(content, (run) =>
    partOf(
      run.misclassified,
      (misclassified) =>
        html`${confusions(run, misclassified)}
        ${misclassified.fates !== null && fates(misclassified, misclassified.fates)} ${examples(run, misclassified)}
        ${search(run, misclassified)}`,
    ),
  );
  return { id: 'mistakes', title: 'Misclassified images', body };
}

function confusions({ run }: RunContent, { images, epochs }: MisclassifiedContent): Markup {
  const { classNames } = run.manifest.dataset;
  const most = Math.max(0, ...epochs.map(({ confusions: all }) => all.length));
  return dataTable({
    caption: html`Of ${counted(images, 'test image')}, how many each checkpoint gets wrong, and its most common
    confusions, label → prediction.`,
    head: ['Epoch', 'Wrong', '%', ...Array.from({ length: most }, (_, at) => `Confusion ${at + 1}`)],
    words: true,
    rows: epochs.map(({ epoch, wrong, confusions: all }) => [
      checkpointCell(run.manifest, epoch),
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

function fates({ images }: MisclassifiedContent, { epochs, counts, forgettingEvents }: FatesContent): Markup {
  return dataTable({
    caption: html`How the ${counted(images, 'test image')} fare over epochs ${listed(epochs)}:
    ${counted(forgettingEvents, 'time')} an image that one of them gets right is wrong at the next (forgetting events,
    Toneva et al. 2019).`,
    head: ['Fate', 'Images', '%', 'Meaning'],
    words: true,
    rows: FATES.map((fate) => [fate, counts[fate], fixed((100 * counts[fate]) / images, 1), FATE_TEXTS[fate]]),
  });
}
