/** Entries in words. */
import { canonicalJson } from '../../common/canonicalJson';
import { perturbationText, type Perturbation } from '../../perturbations';

/** What else tells two entries apart that read the same. */
const OTHERWISE = ['seed', 'rounds', 'images'] as const;

/** What an entry was, so far as it differs from what it is: "gaussianNoise 0.1", "rotation −30…30°, seed 1". */
export function formerText(former: Perturbation, entry: Perturbation): string {
  const title = perturbationText(former);
  if (canonicalJson(former) === canonicalJson(entry)) return `${title} with other weights, images, layer or method`;
  const differing = OTHERWISE.filter((name) => former[name] !== entry[name]);
  return [title, ...differing.map((name) => `${name} ${String(former[name])}`)].join(', ');
}
