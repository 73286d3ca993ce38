/** What sanity checks say, the same on the command line, in panels and in reports. */
import { capital } from '../../common/capital';
import { epochRanges } from '../../common/epochRanges';
import { listed } from '../../common/listed';
import { fixedText } from '../../common/numberText';
import { imagesText, isAboveZero, noIntervalText, type Estimate } from '../../statistics';
import type { Agreement, AgainstPoint, ClassSensitivityPoint, Randomisation, Verdict } from './numbers';
import { ALIKE_FROM } from './points';

/** Of one method. */
export interface Checked {
  readonly method: { readonly name: string };
  /** "input" of a method of the input's resolution. */
  readonly layer: { readonly name: string };
  readonly classSensitivity: readonly ClassSensitivityPoint[] | null;
  readonly randomisation: Randomisation | null;
  readonly against: readonly AgainstPoint[] | null;
}

/** The other run: its name, and what it was trained on. */
export interface OtherText {
  readonly run: string;
  readonly labels: 'true' | 'permuted';
}

/** A sentence or two a check. */
export function sanityTexts(checked: Checked, other: OtherText | null): string[] {
  const name = methodAtLayer(checked);
  const { classSensitivity, randomisation, against } = checked;
  return [
    ...(classSensitivity === null ? [] : classSensitivityTexts(name, classSensitivity)),
    ...(randomisation === null ? [] : randomisationTexts(name, randomisation)),
    ...(against === null || other === null ? [] : againstTexts(name, against, other)),
  ];
}

/** "Grad-CAM at layer3.2"; of a method of the input's resolution, its name. */
export function methodAtLayer({ method, layer }: Pick<Checked, 'method' | 'layer'>): string {
  return layer.name === 'input' ? method.name : `${method.name} at ${layer.name}`;
}

type Judged = Agreement & {
  readonly chance: Agreement;
  readonly aboveChance: Estimate | null;
  readonly verdict: Verdict;
};

/** How a check begins, by its verdict. */
type Leads = Readonly<Record<Verdict, string>>;

/** "Grad-CAM is sensitive to the class at epoch 5: its maps of … agree by 0.11 (…), no more than with a random map (0.00)." */
function sentence(point: Judged, leads: Leads, maps: string): string {
  return `${leads[point.verdict]}: ${maps} ${agreeText(point)}.`;
}

/** Behind what is compared: "agree by 0.11 (Spearman before ReLU, 95 % 0.02…0.19, 100 images), no more than …". */
function agreeText(point: Judged, agree = 'agree '): string {
  const { signed, chance, verdict } = point;
  if (signed === null)
    return `cannot be compared in any of ${imagesText(point.of)}, as a map that is the same everywhere cannot`;
  const by = `${agree}by ${fixedText(signed.mean, 2)} (Spearman before ReLU, ${intervalText(signed)})`;
  const random = chance.signed === null ? '' : ` (${fixedText(chance.signed.mean, 2)})`;
  const alike = `${ALIKE_FROM}, from where on maps are taken for alike`;
  switch (verdict) {
    case 'different':
      return `${by}, ${chanceText(point)} with a random map${random}${isAboveZero(point.aboveChance?.interval ?? null) ? `, and less than ${alike}` : ''}`;
    case 'alike':
      return `${by}, more than with a random map${random} and than ${alike}`;
    case 'undecided':
      return `${by}, on no side of ${alike}; with a random map${random}`;
  }
}

function chanceText({ aboveChance }: Judged): string {
  const interval = aboveChance?.interval ?? null;
  if (isAboveZero(interval)) return 'more than';
  return interval !== null && interval.high < 0 ? 'less than' : 'no more than';
}

/** "95 % 0.02…0.19, 100 images" */
function intervalText(estimate: Estimate): string {
  const { n, interval } = estimate;
  if (interval === null) return `${imagesText(n)}: ${noIntervalText(estimate)}`;
  return `95\u00a0% ${fixedText(interval.low, 2)}…${fixedText(interval.high, 2)}, ${imagesText(n)}`;
}

function classSensitivityTexts(name: string, points: readonly ClassSensitivityPoint[]): string[] {
  const last = points.at(-1);
  if (last === undefined) return [];
  const leads = {
    different: `${name} is sensitive to the class at epoch ${last.epoch}`,
    alike: `${name} is not sensitive to the class at epoch ${last.epoch}`,
    undecided: `Whether ${name} is sensitive to the class at epoch ${last.epoch} cannot be said`,
  };
  const text = sentence(last, leads, 'its maps of the predicted class and of the runner-up');
  return [text, ...byEpochTexts(points, { different: 'it is so', alike: 'it is not' })];
}

/** "It is so at epochs 1–5; it is not at epoch 0.": nothing of a single epoch. */
function byEpochTexts(
  points: readonly { readonly epoch: number; readonly verdict: Verdict }[],
  words: { readonly different: string; readonly alike: string },
): string[] {
  if (points.length < 2) return [];
  const parts = ([...Object.entries(words), ['undecided', 'it cannot be said']] as const).flatMap(([verdict, text]) => {
    const epochs = points.filter((point) => point.verdict === verdict).map(({ epoch }) => epoch);
    return epochs.length === 0 ? [] : [`${text} at ${epochs.length === 1 ? 'epoch' : 'epochs'} ${epochRanges(epochs)}`];
  });
  return [`${capital(parts.join('; '))}.`];
}

function randomisationTexts(name: string, randomisation: Randomisation): string[] {
  const { cascading, alone } = randomisation;
  const [head] = cascading;
  const all = cascading.at(-1);
  if (head === undefined || all === undefined) return [];
  const verdict = overall(cascading);
  const leads = {
    different: `${name} depends on the weights`,
    alike: `${name} fails the check: it does not depend on all of the weights`,
    undecided: `Whether ${name} depends on the weights cannot be said`,
  };
  const ofHead = `with ${groupText(head.group)} re-drawn its maps and the trained ones ${agreeText(head)}`;
  const ofAll = cascading.length === 1 ? '' : `; with all weights re-drawn they ${agreeText(all)}`;
  const down = (of: Verdict): string =>
    listed(cascading.filter((point) => point.verdict === of).map(({ group }) => groupText(group)));
  return [
    `${leads[verdict]}: ${ofHead}${ofAll}.`,
    ...(verdict === 'alike'
      ? [`Maps stay alike where the weights are re-drawn from the head down to ${down(verdict)}.`]
      : []),
    ...aloneTexts(alone),
    redrawnText(randomisation),
  ];
}

/** An explanation passes where all maps become others, and fails where any stay alike. */
function overall(points: readonly Judged[]): Verdict {
  if (points.some(({ verdict }) => verdict === 'alike')) return 'alike';
  return points.every(({ verdict }) => verdict === 'different') ? 'different' : 'undecided';
}

const ALONE = {
  different: 'maps become others with',
  alike: 'they stay alike with',
  undecided: 'neither can be said with',
} as const;

function aloneTexts(alone: Randomisation['alone']): string[] {
  const parts = (['different', 'alike', 'undecided'] as const).flatMap((verdict) => {
    const groups = alone.filter((point) => point.verdict === verdict).map(({ group }) => groupText(group));
    return groups.length === 0 ? [] : [`${ALONE[verdict]} ${listed(groups)}`];
  });
  return parts.length === 0 ? [] : [`Re-drawn one at a time: ${parts.join('; ')}.`];
}

/** "the head", "layer3" */
function groupText(group: string): string {
  return group === 'head' || group === 'stem' ? `the ${group}` : group;
}

/** How weights are drawn, and what keeps them usable. */
export function redrawnText({ epoch, draws, seed, trainingImages }: Randomisation): string {
  const often = draws === 1 ? 'once' : `${draws} times`;
  return `Parameters of epoch ${epoch} are drawn ${often} by the architecture’s own initialisation (seed ${seed}); the running statistics of batch norm, from the first re-drawn layer on, are computed anew by forward passes in training mode over ${trainingImages} training images, so that activations neither die nor explode. Intervals are over images, each the mean of its draws: they do not cover other draws.`;
}

function againstTexts(name: string, points: readonly AgainstPoint[], { run, labels }: OtherText): string[] {
  const last = points.at(-1);
  if (last === undefined) return [];
  const other = labels === 'permuted' ? `${run}, which was trained on permuted labels` : run;
  const at = last.otherEpoch === last.epoch ? `epoch ${last.epoch}` : `epochs ${last.epoch} and ${last.otherEpoch}`;
  const leads = {
    different: `${name} tells this run from ${other}`,
    alike: `${name} does not tell this run from ${other}`,
    undecided: `Whether ${name} tells this run from ${other}${labels === 'permuted' ? ',' : ''} cannot be said`,
  };
  const text = sentence(last, leads, `at ${at} their maps of the same class`);
  return [text, ...byEpochTexts(points, { different: 'they are told apart', alike: 'they are not' })];
}
