/** What kept results of a run are held against. */
import { canonicalJson } from '../../common/canonicalJson';
import { numberedTitles } from '../../common/numberedTitles';
import { attackTitle } from '../../measures/attacks/title';
import { perturbationText } from '../../perturbations';
import { explanationIn, type Study } from '../../study/index';
import type { EpochMetrics } from '../metrics/metrics';
import type { Run } from '../open';
import { whatAttacks } from '../results/attacks';
import { whatIsMeasured } from '../results/robustness';
import { readSums } from '../sums/sums';
import type { FactsContext, PerturbationEntry } from './source';

const CHECKPOINT = /^checkpoints\/epoch-(\d+)\.safetensors$/;

/** @param study that counts for the run now */
export async function factsContext(run: Run, study: Study, metrics: readonly EpochMetrics[]): Promise<FactsContext> {
  const sums = await readSums(run.folder).catch(() => 'missing' as const);
  // Of an older run nothing says which weights its checkpoints are.
  const rows = typeof sums === 'string' ? [] : sums.rows();
  const epochs = new Map<string, number>();
  for (const { file, sha256 } of rows) {
    const epoch = CHECKPOINT.exec(file)?.[1];
    if (epoch !== undefined && sha256 !== null) epochs.set(sha256, Number(epoch));
  }
  const perturbations = titlesOf(study.perturbations, whatIsMeasured, perturbationText);
  const attacks = titlesOf(study.attacks ?? [], whatAttacks, attackTitle);
  return {
    study,
    epochOf: (sha256) => epochs.get(sha256),
    checkpoints: [...epochs.values()].sort((a, b) => a - b),
    explanation: explanationIn(study, run.network, run.manifest.dataset.classNames.length),
    testImages: metrics.find(({ testImages }) => testImages !== undefined)?.testImages,
    titleOf: (measured) => perturbations.get(canonicalJson(whatIsMeasured(measured))),
    attackOf: (attack) => attacks.get(attack),
  };
}

/** Of two entries of one title, such as one with another seed, the second is "rotation 15° (2)". */
function perturbationTitles(entries: readonly Perturbation[]): Map<string, PerturbationEntry> {
  const counts = new Map<string, number>();
  return new Map(
    entries.map((entry, place) => {
      const text = perturbationText(entry);
      const count = (counts.get(text) ?? 0) + 1;
      counts.set(text, count);
      const title = count === 1 ? text : `${text} (${count})`;
      return [canonicalJson(whatIsMeasured(entry)), { place, title, images: entry.images }];
    }),
  );
}
