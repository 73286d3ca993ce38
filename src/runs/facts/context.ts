/** What kept results of a run are held against. */
import { canonicalJson } from '../../common/canonicalJson';
import { perturbationText, type Perturbation } from '../../perturbations';
import { explanationIn, type Study } from '../../study/index';
import type { EpochMetrics } from '../metrics/metrics';
import type { Run } from '../open';
import { whatIsMeasured } from '../results/robustness';
import { readSums } from '../sums/sums';
import type { FactsContext } from './source';

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
  const titles = perturbationTitles(study.perturbations);
  return {
    study,
    epochOf: (sha256) => epochs.get(sha256),
    checkpoints: [...epochs.values()].sort((a, b) => a - b),
    explanation: explanationIn(study, run.network, run.manifest.dataset.classNames.length),
    testImages: metrics.find(({ testImages }) => testImages !== undefined)?.testImages,
    titleOf: (measured) => titles.get(canonicalJson(whatIsMeasured(measured))),
  };
}

/** Of two entries of one title, such as one with another seed, the second is "rotation 15° (2)". */
function perturbationTitles(
  entries: readonly Perturbation[],
): Map<string, { title: string; images: number | undefined }> {
  const counts = new Map<string, number>();
  return new Map(
    entries.map((entry) => {
      const text = perturbationText(entry);
      const count = (counts.get(text) ?? 0) + 1;
      counts.set(text, count);
      const title = count === 1 ? text : `${text} (${count})`;
      return [canonicalJson(whatIsMeasured(entry)), { title, images: entry.images }];
    }),
  );
}
