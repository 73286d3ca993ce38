import { firstTestImages, scoresOf } from '../../../computations/studyTests/requests';
import type { FaithfulnessContent } from '../../studies';
import { askedFor, firstFound, samplesOf, type Asked } from './asked';

export async function collectFaithfulness(asked: Asked): Promise<FaithfulnessContent | undefined> {
  const { request, run, study, compute, testCount, progress } = asked;
  if (testCount === 0) return undefined;
  const count = progress.count('images through the network');
  return firstFound(samplesOf(asked, 'faithfulness', testCount), async (sample) => {
    const images = firstTestImages(sample, testCount);
    const { methods, points } = await request(
      'faithfulness',
      { run: run.folder, ...askedFor(asked), images, scores: scoresOf(study), compute },
      (value) => {
        if (value.kind === 'count') count(value.done, value.of);
      },
    );
    const measured = methods.flatMap(({ method, layer }, at) => {
      const own = points[at] ?? [];
      return own.length === 0 ? [] : [{ id: method.id, name: method.name, layer: layer.name, points: own }];
    });
    return measured.length === 0 ? undefined : { images: images.length, methods: measured };
  });
}
