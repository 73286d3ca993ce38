import { isDrawn } from '../../../datasets/datasetKinds';
import type { LocalisationContent } from '../../studies';
import { askedFor, firstFound, samplesOf, type Asked } from './asked';

interface Sample {
  readonly images: number;
  readonly mosaics: number;
}

export async function collectLocalisation(asked: Asked): Promise<LocalisationContent | undefined> {
  const { request, run, compute, testCount, progress } = asked;
  if (testCount === 0) return undefined;
  const count = progress.count('heatmaps');
  return firstFound(attempts(asked), async (sample): Promise<LocalisationContent | undefined> => {
    const { methods, points, images, mosaics, maskArea } = await request(
      'localisation',
      { run: run.folder, ...askedFor(asked), ...sample, compute },
      (value) => {
        if (value.kind === 'count') count(value.done, value.of);
      },
    );
    const measured = methods.flatMap(({ method, layer }, at) => {
      const own = points[at] ?? [];
      return own.length === 0 ? [] : [{ id: method.id, name: method.name, layer: layer.name, points: own }];
    });
    return measured.length === 0 ? undefined : { images, mosaics, maskArea, methods: measured };
  });
}

/** Of what is kept there may be masks alone, and, where images have none, mosaics alone. */
function attempts(asked: Asked): Sample[] {
  const hasMasks = isDrawn(asked.run.manifest.dataset.kind);
  const masks = samplesOf(asked, 'localisation', asked.testCount);
  const mosaics = samplesOf(asked, 'focus', Infinity);
  const both = (hasMasks ? masks : masks.slice(0, 1)).flatMap((images) =>
    mosaics.map((each) => ({ images, mosaics: each })),
  );
  return asked.compute || !hasMasks ? both : [...both, ...masks.map((images) => ({ images, mosaics: 0 }))];
}
