/** What a check of a study is: it reads some of its fields, and says what a training would refuse or nobody means. */
import type { DataFacts } from '../../datasets/datasetKind';
import type { JsonPath } from '../problem';
import type { Contradiction } from '../contradiction';
import type { Study } from '../schema';

export type RemarkCode =
  | 'dataMissing'
  | 'dataUnreadable'
  | 'weightsMissing'
  | 'networkUnusable'
  | 'noSuchImage'
  | 'fewerImages'
  | 'unknownLayer'
  | 'batchOfOne'
  | 'nothingToTrainOn'
  | 'unlikelyValue';

/** Something about a study at a path of it. A training refuses an error, and nothing else. */
export interface Remark extends Contradiction {
  readonly code: RemarkCode;
  readonly severity: 'error' | 'warning' | 'information';
  /** How many images there are, where that is what is wrong. */
  readonly count?: number;
}

/** How many images there are of each set; undefined where only reading the data tells it. */
export type ImageCounts = Partial<Pick<DataFacts, 'train' | 'test'>>;

/** What a check is given. */
export interface CheckedStudy {
  readonly study: Study;
  /** The study file's folder. */
  readonly folder: string;
  /** Without the study's limits. */
  readonly there: ImageCounts;
  /** Within the study's limits. */
  readonly used: ImageCounts;
}

/** Without those that a validation split keeps back. Where it leaves none that is said by itself, and all are meant. */
export function trainedImages({
  dataset: { validation },
  used: { train },
}: {
  readonly dataset: Study['dataset'];
  readonly used: ImageCounts;
}): number | undefined {
  const left = train === undefined ? undefined : train - (validation?.count ?? 0);
  return left !== undefined && left < 1 ? train : left;
}

export interface Check {
  /** The fields that it reads, beside those that it remarks on: it is left out where one of them cannot be read. */
  readonly reads: readonly JsonPath[];
  readonly remarks: (checked: CheckedStudy) => readonly Remark[] | Promise<readonly Remark[]>;
}
