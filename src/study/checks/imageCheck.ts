/** Whether the images to explain are there. */
import type { Check, CheckedStudy, Remark } from './check';

export const imageCheck: Check = {
  reads: [['dataset'], ['explain', 'images']],
  remarks({ study, used }) {
    const { images } = study.explain;
    if (!('random' in images)) return (['test', 'train'] as const).flatMap((set) => beyond(set, images[set], used));
    const { test = Infinity } = used;
    if (images.random <= test) return [];
    return [
      {
        code: 'fewerImages',
        severity: 'warning',
        path: ['explain', 'images', 'random'],
        summary: `the study has only ${test} test images`,
        found: String(images.random),
        expected: `at most ${test}`,
        count: test,
      },
    ];
  },
};

function beyond(set: 'test' | 'train', indices: readonly number[], used: CheckedStudy['used']): Remark[] {
  const count = used[set] ?? Infinity;
  return indices.flatMap((index, at) =>
    index < count
      ? []
      : [
          {
            code: 'noSuchImage',
            severity: 'error',
            path: ['explain', 'images', set, at],
            summary: `there is no ${set} image ${index}`,
            expected: `an index from 0 to ${count - 1}, as the study has ${count}`,
            count,
          },
        ],
  );
}
