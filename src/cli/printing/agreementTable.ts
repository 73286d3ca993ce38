/** What `agreement` prints. */
import { AGREEMENT_RULE, agreementTexts, pairName } from '../../measures/agreement';
import type { AgreementNumbers } from '../../measures/agreement/numbers';
import { dashLines, meanCells } from './estimates';
import { NOTHING, table, withoutEmptyColumns, type Output } from './output';

const HEADER = ['epoch', 'methods', 'ρ', '95 %', 'overlap', '95 %', 'of images'];

/** A row for each epoch and pair, and what follows from them. @param named what an epoch is called in its column */
export function printAgreement(
  output: Output,
  numbers: AgreementNumbers,
  images: number,
  named: (epoch: number) => string,
): void {
  const rows = numbers.epochs.flatMap(({ epoch, pairs }) =>
    pairs.map(({ spearman, topOverlap }, pair) => [
      named(epoch),
      pairName(numbers, pair),
      ...meanCells(spearman, 3),
      ...meanCells(topOverlap, 3),
      spearman === null ? NOTHING : `${spearman.n} of ${images}`,
    ]),
  );
  for (const line of table(withoutEmptyColumns([HEADER, ...rows]))) output.line(line);
  const means = numbers.epochs.flatMap(({ pairs }) =>
    pairs.flatMap(({ spearman, topOverlap }) => [spearman, topOverlap]),
  );
  for (const line of dashLines(means)) output.line(line);
  output.line();
  for (const text of [...agreementTexts(numbers), AGREEMENT_RULE]) output.line(text);
}
