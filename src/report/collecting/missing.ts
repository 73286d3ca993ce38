/** What is missing of what the study asks for, in words, with the commands that compute it. */
import { imageName } from '../../computations/images/images';
import type { ImageReference } from '../../protocol/engine';
import { hasResults } from '../../runs';
import { perturbationText } from '../../perturbations';
import type { RunContent } from '../content';
import { epochList } from '../epochs';
import type { Missing } from '../missing';
import { listed } from '../numbers';
import type { MissingHeatmaps } from './keptHeatmaps';
import type { CollectOptions } from './request';

export async function collectMissing(
  { run, study, epochs }: CollectOptions,
  content: Omit<RunContent, 'missing'>,
  heatmaps: readonly MissingHeatmaps[],
): Promise<Missing[]> {
  const at = (found: readonly number[]): Missing['words'][number][] => ['--checkpoints', found.join(',')];
  return [
    ...heatmaps.map(({ images, epochs: lacking }): Missing => ({
      what: `heatmaps of ${listed(wordsOf(images))} at ${epochList(lacking)}`,
      words: ['explain', '--images', ...wordsOf(images), ...at(lacking), '--method', study.explain.method],
    })),
    ...missingTests(content, epochs).map(({ place, text, missing }): Missing => ({
      what: `perturbation ${String(place + 1)} (${text}) at ${epochList(missing)}`,
      words: ['perturb', '--only', String(place + 1), ...at(missing)],
    })),
    ...(await missingScores(run.folder, study, content)).map(({ name, missing }): Missing => ({
      what: `${name} at ${epochList(missing)}`,
      words: [name, ...at(missing)],
    })),
    ...missingParts(content).map((parts): Missing => ({ what: listed(parts), words: ['report', ...at(epochs)] })),
  ];
}

/** The perturbations of the study, each with the checkpoints where it was not tested. */
function missingTests(
  { robustness, asked: { perturbations } }: Omit<RunContent, 'missing'>,
  epochs: readonly number[],
) {
  return perturbations.flatMap((entry, place) => {
    const results = robustness.there ? robustness.value.entries.find((each) => each.place === place)?.results : [];
    const missing = epochs.filter((_, at) => (results?.[at] ?? null) === null);
    return missing.length === 0 ? [] : [{ place, text: perturbationText(entry), missing }];
  });
}

const SCORES = ['faithfulness', 'localisation', 'calibration'] as const;

/** Scores that the study expects something of, and those that were begun and are nowhere whole. */
async function missingScores(
  folder: string,
  study: CollectOptions['study'],
  { studies, checkpoints }: Omit<RunContent, 'missing'>,
) {
  const all = await Promise.all(
    SCORES.map(async (name) => {
      const isAsked = study[name] !== undefined;
      const isBegun = studies[name] === undefined && (await hasResults(folder, name));
      if (!isAsked && !isBegun) return [];
      const found = epochsOf(studies, name, study.explain.method);
      const missing = checkpoints.map(({ epoch }) => epoch).filter((epoch) => !found.includes(epoch));
      return missing.length === 0 ? [] : [{ name, missing }];
    }),
  );
  return all.flat();
}

function epochsOf(studies: RunContent['studies'], name: (typeof SCORES)[number], method: string): readonly number[] {
  if (name === 'calibration') return studies.calibration?.epochs.map(({ epoch }) => epoch) ?? [];
  const own = studies[name]?.methods.find(({ id }) => id === method);
  return own?.points.map(({ epoch }) => epoch) ?? [];
}

/** What no command but the report itself computes: nothing, or all of it together. */
function missingParts(content: Omit<RunContent, 'missing'>): string[][] {
  const isMissing = (name: keyof typeof PARTS): boolean => {
    const part = content[name];
    return !part.there && part.isComputable === true;
  };
  const names = (Object.keys(PARTS) as (keyof typeof PARTS)[]).filter(isMissing);
  return names.length === 0 ? [] : [names.map((name) => PARTS[name])];
}

const PARTS = {
  misclassified: 'what is misclassified',
  attention: 'attention over epochs',
  perturbed: 'perturbed images',
} as const;

/** As a command takes them: those of a data set in one word, "test:0,1,7". */
function wordsOf(images: readonly ImageReference[]): string[] {
  const files = images.filter(({ kind }) => kind === 'file').map(imageName);
  const ofSets = (['test', 'train'] as const).flatMap((set) => {
    const indices = images.flatMap((image) => (image.kind === 'set' && image.set === set ? [image.index] : []));
    return indices.length === 0 ? [] : [`${set}:${indices.join(',')}`];
  });
  return [...ofSets, ...files];
}
