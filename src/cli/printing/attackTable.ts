/** What `attack` prints. */
import type { AttackEntry, AttackResult } from '../../computations/attacks/schema';
import { WorkError } from '../../common/errors';
import { ATTACK_NOTE } from '../../measures/attacks/doubts';
import { accuracyUnderAttack, cleanAccuracy } from '../../measures/attacks/measured';
import { attackDoubtTexts } from '../../measures/attacks/text';
import { accuracyDocument, dashLines, rateCells } from './estimates';
import { NOTHING, table, withoutEmptyColumns, type Output } from './output';

/** An attack at a checkpoint. */
export interface AttackTest {
  readonly entry: AttackEntry;
  readonly result: AttackResult;
  /** As a column has it, "20", and as a sentence has it, "epoch 20". */
  readonly checkpoint: { readonly cell: string; readonly name: string };
}

/** In JSON. Accuracies are in per cent, with their counts and intervals beside them. */
export function attackDocument({ entry, result }: AttackTest): unknown {
  const { epoch, state, attacked, misses } = result;
  return {
    number: entry.entry + 1,
    title: entry.title,
    attack: entry.attack,
    epoch,
    kept: state === 'kept',
    clean: accuracyDocument(cleanAccuracy(attacked)),
    ...accuracyDocument(accuracyUnderAttack(attacked)),
    unmoved: attacked.unmoved,
    passed: isExpecting(entry) ? misses.length === 0 : null,
    misses,
  };
}

function isExpecting({ attack }: AttackEntry): boolean {
  return attack.expect?.accuracy !== undefined;
}

const HEADER = ['attack', 'epoch', 'images', 'clean %', '95 %', 'under attack %', '95 %', 'result'];

export function printAttacks(output: Output, tests: readonly AttackTest[]): void {
  const rows = [...tests]
    .sort((a, b) => a.entry.entry - b.entry.entry || a.result.epoch - b.result.epoch)
    .map(({ entry, result: { attacked, misses }, checkpoint }) => [
      `${entry.entry + 1} ${entry.title}`,
      checkpoint.cell,
      String(attacked.of),
      ...rateCells(cleanAccuracy(attacked)),
      ...rateCells(accuracyUnderAttack(attacked)),
      !isExpecting(entry) ? NOTHING : misses.length === 0 ? 'passed' : 'FAILED',
    ]);
  for (const line of table(withoutEmptyColumns([HEADER, ...rows]))) output.line(line);
  const rates = tests.map(({ result }) => accuracyUnderAttack(result.attacked));
  for (const line of dashLines([], rates)) output.line(line);
  output.line(ATTACK_NOTE);
  for (const line of doubtsOf(tests)) output.line(line);
}

/** Of each checkpoint, named. */
export function doubtsOf(tests: readonly AttackTest[]): string[] {
  const names = [...new Set(tests.map(({ checkpoint }) => checkpoint.name))];
  return names.flatMap((name) =>
    attackDoubtTexts(
      name,
      tests
        .filter(({ checkpoint }) => checkpoint.name === name)
        .map(({ entry: { title, attack }, result: { attacked } }) => ({ title, attack, attacked })),
    ),
  );
}

/** @throws WorkError where a test misses what is expected of it, with the numbers */
export function judgeAttacks(tests: readonly AttackTest[]): void {
  const failed = tests.filter(({ result }) => result.misses.length > 0);
  if (failed.length === 0) return;
  const expecting = tests.filter(({ entry }) => isExpecting(entry)).length;
  const lines = failed.map(
    ({ entry, result, checkpoint }) =>
      `  ${entry.entry + 1} ${entry.title} at ${checkpoint.name}: ${result.misses.map(({ text }) => text).join('; ')}`,
  );
  throw new WorkError(`${failed.length} of ${expecting} tests failed`, { lines });
}
