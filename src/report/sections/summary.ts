/** What was found, in sentences with numbers: each is said again, with its intervals, further down. */
import { counted, wholeText } from '../../common/counted';
import type { RobustnessContent, RunContent } from '../content';
import { html, type Markup } from '../markup';
import { listed, percent } from '../numbers';
import { outcomeOf, type Outcome } from '../outcome';
import { settlingTexts } from './drift';
import { highestText } from './highestAccuracy';
import { importedSentences } from './importedAccuracy';
import { choiceText } from './choice';
import { hardestText, steadiestText } from './outstanding';

export function summary(runs: readonly RunContent[]): Markup {
  return html`<div class="summary">
    ${runs.map((run) => {
      const sentences = [...accuracies(run), ...robustness(run), ...attention(run), fates(run)].filter(
        (text) => text !== undefined,
      );
      return html`${runs.length > 1 && html`<p class="name">${run.name}</p>`}
        <ul>
          ${sentences.map((text) => html`<li>${text}</li>`)}
        </ul>`;
    })}
  </div>`;
}

function accuracies(run: RunContent): (string | undefined)[] {
  return run.run.manifest.imported === undefined ? [accuracy(run)] : importedSentences(run);
}

function accuracy({ run, metrics, misclassified }: RunContent): string | undefined {
  const measured = metrics.filter(({ testAccuracy }) => testAccuracy !== null);
  const last = measured.at(-1);
  if (last === undefined) return undefined;
  const highest = measured.length < 2 ? '' : highestText(measured, last, misclassified);
  return `After epoch ${last.epoch} the model gets ${percent(last.testAccuracy)} of the test images right${highest}.${choiceText(metrics)}${run.study.training.labels === 'permuted' ? PERMUTED_NOTE : ''}`;
}

const PERMUTED_NOTE =
  ' It was trained on permuted labels, so it has nothing to learn of the classes: it serves to check heatmaps against.';

function robustness(run: RunContent): string[] {
  const { robustness: part } = run;
  if (!part.there) return [];
  return [hardestText(run, part.value), steadiestText(run, part.value), tests(part.value)].filter(
    (text) => text !== undefined,
  );
}

function tests({ entries }: RobustnessContent): string | undefined {
  const results = entries
    .filter(({ expects }) => expects)
    .flatMap(({ results: all }) => all.filter((each) => each !== null));
  if (results.length === 0) return undefined;
  const count = (outcome: Outcome): number => results.filter((result) => outcomeOf(result) === outcome).length;
  const undecided = count('undecided');
  const text = `${count('failed')} of ${results.length} perturbation tests miss what the study expects`;
  return undecided === 0 ? `${text}.` : `${text}; ${undecided} cannot be decided.`;
}

function attention(run: RunContent): string[] {
  const { attention: part } = run;
  return part.there ? settlingTexts(run, part.value) : [];
}

function fates({ misclassified }: RunContent): string | undefined {
  if (!misclassified.there) return undefined;
  const { images, fates: all } = misclassified.value;
  if (all === null) return undefined;
  const { learned, forgotten, never } = all.counts;
  return `Of ${counted(images, 'test image')} ${wholeText(learned)} ${learned === 1 ? 'is' : 'are'} learned on the way, ${wholeText(forgotten)} forgotten and ${wholeText(never)} never right, over epochs ${listed(all.epochs)}.`;
}
