import type { Perturbation } from './perturbationSchema';

/** What an entry does, in few words: "gaussianNoise 0.1", "rotation −30…30°", "occlusion 10 mean", "glass_blur at severity 3". */
export function perturbationText(entry: Perturbation): string {
  switch (entry.kind) {
    case 'gaussianNoise':
      return `gaussianNoise ${entry.standardDeviation}`;
    case 'rotation':
      return `rotation ${entry.degrees.map((angle) => String(angle).replace('-', '−')).join('…')}°`;
    case 'corruption':
      return `${entry.name} at severity ${entry.severity}`;
    case 'occlusion':
      return `occlusion ${entry.pixels}${entry.fill === 'black' ? '' : ` ${entry.fill}`}`;
  }
}
