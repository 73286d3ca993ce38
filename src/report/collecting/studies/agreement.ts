import { studyImages } from '../../../computations/images/images';
import { firstTestImages } from '../../../computations/studyTests/requests';
import { everyPair } from '../../../measures/agreement';
import type { AgreementNumbers } from '../../../measures/agreement/numbers';
import type { ImageReference } from '../../../protocol/engine';
import type { AgreementContent } from '../../studies';
import { askedFor, firstFound, fittingMethods, samplesOf, type Asked } from './asked';

/** What the study's method is compared with where it is computed: of other kinds than a layer's maps alone. */
const COMPARED = ['gradcam', 'integrated_gradients', 'smoothgrad'];

export async function collectAgreement(asked: Asked): Promise<AgreementContent | undefined> {
  const { study, compute, testCount } = asked;
  if (testCount === 0) return undefined;
  const own = studyImages(study, testCount);
  const fitting = fittingMethods(study);
  if (compute) {
    const ids = fitting.filter((id) => id === study.explain.method || COMPARED.includes(id));
    return contentOf(own, [await compare(asked, own, ids)]);
  }
  const panels = samplesOf(asked, 'sanity', testCount).map((count) => firstTestImages(count, testCount));
  return firstFound([own, ...panels], async (images) => {
    const pairs: { readonly ids: string[]; readonly numbers: AgreementNumbers }[] = [];
    for (const { a, b } of everyPair(fitting.length)) {
      const ids = [fitting[a] as string, fitting[b] as string];
      const numbers = await compare(asked, images, ids);
      if (numbers.epochs.length > 0) pairs.push({ ids, numbers });
    }
    const ids = fitting.filter((id) => pairs.some((pair) => pair.ids.includes(id)));
    if (ids.length < 2) return undefined;
    const all = await compare(asked, images, ids);
    const isAll = pairs.every(({ numbers }) => numbers.epochs.length === all.epochs.length);
    return contentOf(images, isAll ? [all] : pairs.map(({ numbers }) => numbers));
  });
}

async function compare(
  asked: Asked,
  images: readonly ImageReference[],
  ids: readonly string[],
): Promise<AgreementNumbers> {
  const { request, run, compute, progress } = asked;
  const { epochs, layer } = askedFor(asked);
  const count = progress.count('heatmaps');
  const answer = await request(
    'agreement',
    {
      run: run.folder,
      epochs,
      images: [...images],
      methods: ids.map((id) => ({ id })),
      layer,
      target: 'predicted',
      compute,
    },
    ({ done, of }) => {
      if (compute) count(done, of);
    },
  );
  return { methods: answer.methods, pairs: answer.pairs, epochs: answer.epochs };
}

function contentOf(
  images: readonly ImageReference[],
  compared: readonly AgreementNumbers[],
): AgreementContent | undefined {
  const there = compared.filter(({ epochs }) => epochs.length > 0);
  return there.length === 0 ? undefined : { images: images.length, compared: there };
}
