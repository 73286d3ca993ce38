import { firstTestImages } from '../../../computations/studyTests/requests';
import type { Randomisation } from '../../../measures/sanity/numbers';
import type { SanityContent } from '../../studies';
import { askedFor, firstFound, samplesOf, type Asked } from './asked';

/** Randomised is the last checkpoint that is there. */
export async function collectSanity(asked: Asked): Promise<SanityContent | undefined> {
  const { request, run, compute, testCount, present, progress } = asked;
  if (testCount === 0) return undefined;
  const { methods: asMethods, ...of } = askedFor(asked);
  const count = progress.count('heatmaps');
  return firstFound(samplesOf(asked, 'sanity', testCount), async (sample) => {
    const { methods, images } = await request(
      'sanity',
      {
        run: run.folder,
        ...of,
        methods: asMethods.map(({ id, ...parameters }) => ({ method: id, ...parameters })),
        images: firstTestImages(sample, testCount),
        checks: ['classSensitivity', 'randomisation'],
        randomisation: { epoch: present.at(-1) },
        compute,
      },
      (value) => {
        if (value.kind === 'count') count(value.done, value.of);
      },
    );
    const checked = methods.map(({ method, layer, classSensitivity, randomisation }) => ({
      id: method.id,
      method: { name: method.name },
      layer: { name: layer.name },
      classSensitivity: classSensitivity?.length === 0 ? null : classSensitivity,
      randomisation: randomisation === null || !isWhole(randomisation) ? null : randomisation,
      against: null,
    }));
    const there = checked.filter((each) => each.classSensitivity !== null || each.randomisation !== null);
    return there.length === 0 ? undefined : { images, methods: there };
  });
}

/** The last of a cascade re-draws all groups, and each was re-drawn alone. */
function isWhole({ cascading, alone }: Randomisation): boolean {
  const all = cascading.at(-1)?.groups.length;
  return all === cascading.length && all === alone.length;
}
