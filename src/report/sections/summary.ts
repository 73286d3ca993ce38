/** What was found, in sentences with numbers: each is said again, with its intervals, further down. */
import type { RobustnessContent, RunContent } from '../content';
import { percentOf } from '../../statistics';
import { html, type Markup } from '../markup';
import { fixed, listed, percent } from '../numbers';
import { settlingTexts } from './attention';

export function summary(runs: readonly RunContent[]): Markup {
  return html`<div class="summary">
    ${runs.map((run) => {
      const sentences = [accuracy(run), ...robustness(run), ...attention(run), fates(run)].filter(
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

function accuracy({ metrics }: RunContent): string | undefined {
  const measured = metrics.filter(({ testAccuracy }) => testAccuracy !== null);
  const last = measured.at(-1);
  if (last === undefined) return undefined;
  // Of equals the latest, here and below: what the last epoch has is not said to be another's.
  const best = measured.reduce((a, b) => ((b.testAccuracy ?? 0) >= (a.testAccuracy ?? 0) ? b : a));
  return `After epoch ${last.epoch} the model gets ${percent(last.testAccuracy)} of the test images right; the best epoch was ${best.epoch} with ${percent(best.testAccuracy)}.`;
}

function robustness(run: RunContent): string[] {
  const { robustness: part } = run;
  if (!part.there) return [];
  return [hardest(run, part.value), steadiest(run, part.value), tests(part.value)].filter((text) => text !== undefined);
}

function hardest({ checkpoints, run: { manifest } }: RunContent, { entries }: RobustnessContent): string | undefined {
  const at = checkpoints.length - 1;
  const measured = entries.flatMap(({ title, results }) => {
    const result = results[at];
    return result
      ? [{ title, accuracy: percentOf(result.measured.accuracy), clean: percentOf(result.measured.clean.accuracy) }]
      : [];
  });
  if (measured.length === 0) return undefined;
  const worst = measured.reduce((a, b) => (b.accuracy - b.clean < a.accuracy - a.clean ? b : a));
  return `At ${checkpointName(manifest, checkpoints[at]?.epoch ?? 0)} the hardest perturbation is ${worst.title}: ${percent(worst.accuracy)} right, of ${percent(worst.clean)} clean.`;
}

/** Of trained checkpoints: an untrained one is sure of nothing, and so has nothing to lose. */
function steadiest({ checkpoints, run: { manifest } }: RunContent, { entries }: RobustnessContent): string | undefined {
  const candidates = checkpoints.flatMap(({ epoch }, at) => {
    const results = entries
      .map(({ results: all }) => all[at])
      .filter((result) => result !== null && result !== undefined);
    if (weightsAt(manifest, epoch) !== 'trained' || results.length < entries.length) return [];
    const drops = results.map(({ measured }) => measured.confidenceDrop.ofPrediction.mean);
    const [first] = results;
    return [
      {
        epoch,
        clean: first === undefined ? 0 : percentOf(first.measured.clean.accuracy),
        drop: drops.reduce((a, b) => a + b, 0) / drops.length,
      },
    ];
  });
  if (candidates.length < 2) return undefined;
  const best = candidates.reduce((a, b) => (b.clean >= a.clean ? b : a));
  const calm = candidates.reduce((a, b) => (b.drop <= a.drop ? b : a));
  const drop = fixed(calm.drop, 4);
  return best.epoch === calm.epoch
    ? `The most accurate of the checkpoints ${listed(candidates.map(({ epoch }) => epoch))}, epoch ${best.epoch}, also loses the least confidence, ${drop} on average over the perturbations.`
    : `The most accurate of the checkpoints ${listed(candidates.map(({ epoch }) => epoch))} is epoch ${best.epoch}; the least confidence is lost at epoch ${calm.epoch} (${percent(calm.clean)} right), ${drop} on average over the perturbations against ${fixed(best.drop, 4)}.`;
}

function tests({ entries }: RobustnessContent): string | undefined {
  const results = entries
    .filter(({ expects }) => expects)
    .flatMap(({ results: all }) => all.filter((each) => each !== null));
  if (results.length === 0) return undefined;
  const failed = results.filter(({ misses }) => misses.length > 0).length;
  return `${failed} of ${results.length} perturbation tests miss what the study expects.`;
}

function attention({ attention: part }: RunContent): string[] {
  return part.there ? settlingTexts(part.value) : [];
}

function fates({ mistakes }: RunContent): string | undefined {
  if (!mistakes.there) return undefined;
  const { images, fates: all } = mistakes.value;
  if (all === null) return undefined;
  const { learned, forgotten, never } = all.counts;
  return `Of ${images} test images ${learned} are learned on the way, ${forgotten} forgotten and ${never} never right, over epochs ${listed(all.epochs)}.`;
}
