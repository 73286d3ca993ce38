/** Everything that a study's fields, its files and its data say before it is trained: what is refused, and what is unlikely. */
import type { JsonPath } from '../problem';
import type { Study } from '../schema';
import { batchCheck } from './batchCheck';
import type { Check, ImageCounts, Remark } from './check';
import { checkData } from './dataCheck';
import { imageCheck } from './imageCheck';
import { layerCheck } from './layerCheck';
import { overlap } from './readable';
import { unlikelyCheck } from './unlikely';
import { networkCheck } from './networkCheck';
import { validationCheck } from './validationCheck';
import { weightsCheck } from './weightsCheck';

const CHECKS: readonly Check[] = [
  weightsCheck,
  networkCheck,
  imageCheck,
  layerCheck,
  validationCheck,
  batchCheck,
  unlikelyCheck,
];

/**
 * @param folder the study file's
 * @param unread fields that could not be read: what depends on them is not checked
 */
export async function checkTraining(study: Study, folder: string, unread: readonly JsonPath[] = []): Promise<Remark[]> {
  const isKnown = (path: JsonPath): boolean => !unread.some((field) => overlap(field, path));
  const data = isKnown(['dataset']) ? await checkData(study.dataset, folder) : { there: {}, remarks: [] };
  const checked = { study, folder, there: data.there, used: withinLimits(data.there, study.dataset) };
  const found: Remark[] = [...data.remarks];
  for (const { reads, remarks } of CHECKS) if (reads.every(isKnown)) found.push(...(await remarks(checked)));
  return found.filter(({ path }) => isKnown(path));
}

function withinLimits({ train, test }: ImageCounts, { trainLimit, testLimit }: Study['dataset']): ImageCounts {
  return { train: least(train, trainLimit), test: least(test, testLimit) };
}

/** Of a set whose size is not known a limit is the most that there can be. */
function least(count: number | undefined, limit: number | undefined): number | undefined {
  return count === undefined || limit === undefined ? (count ?? limit) : Math.min(count, limit);
}
