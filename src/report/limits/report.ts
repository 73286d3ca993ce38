/** Limits by what this report itself left out, or says many times. */
import type { Limit } from './limit';

export const REPORT_LIMITS: readonly Limit[] = [
  {
    id: 'someCheckpoints',
    text: ({ checkpoints, present }) =>
      checkpoints.length < present.length
        ? `Tables and figures of images show ${checkpoints.length} of ${present.length} checkpoints: what happens between them is not seen there.`
        : undefined,
  },
  {
    id: 'notComputed',
    text({ heatmaps, misclassified, perturbed, robustness, attention, present }) {
      // Of a single checkpoint nothing moves.
      const moving = present.length > 1 ? { attention } : {};
      const missing = Object.entries({ heatmaps, misclassified, robustness, perturbed, ...moving })
        .filter(([, part]) => !part.there)
        .map(([name]) => NAMES[name as keyof typeof NAMES]);
      return missing.length === 0 ? undefined : `Not in this report: ${missing.join(', ')}. Each section says why.`;
    },
  },
  {
    id: 'manyNumbers',
    text: ({ robustness, checkpoints }) =>
      robustness.there && robustness.value.entries.length * checkpoints.length > 1
        ? 'Many numbers stand beside each other, and intervals are of each by itself: of twenty true differences of nothing one looks like something.'
        : undefined,
  },
];

const NAMES = {
  heatmaps: 'heatmaps',
  misclassified: 'what is misclassified',
  robustness: 'robustness',
  perturbed: 'perturbed images',
  attention: 'attention over epochs',
} as const;
