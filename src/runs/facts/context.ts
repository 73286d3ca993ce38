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
import type { FactsContext, NamedEntry } from './source';

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

/** By what determines an entry's numbers. */
function titlesOf<Entry extends { readonly images?: number | undefined }>(
  entries: readonly Entry[],
  keyOf: (entry: Entry) => unknown,
  textOf: (entry: Entry) => string,
): Map<string, NamedEntry> {
  const titles = numberedTitles(entries.map(textOf));
  return new Map(
    entries.map((entry, place) => [
      canonicalJson(keyOf(entry)),
      { place, title: titles[place] ?? textOf(entry), images: entry.images },
    ]),
  );
}
