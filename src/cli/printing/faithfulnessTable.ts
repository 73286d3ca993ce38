/** What `faithfulness` prints. */
import { BEATS_NOTE, faithfulnessSentences } from '../../measures/faithfulness/text';
import type { MeasuredFaithfulness, Scored } from '../../measures/faithfulness/measured';
import { scoreOf, type ScoreId } from '../../measures/faithfulness/scores';
import type { Faithfulness } from '../../protocol/engine';
import { dashLines, meanCells, rateCells } from './estimates';
import { NOTHING, table, withoutEmptyColumns, type Output } from './output';

/** Of each method a table for each score, by epoch, and what follows from them. @param named what an epoch is called */
export function printFaithfulness(
  output: Output,
  { methods, scores, points }: Faithfulness,
  named: (epoch: number) => string,
): void {
  methods.forEach(({ method, layer }, at) => {
    const maps = layer.name === 'input' ? method.name : `${method.name} at ${layer.name}`;
    const ofMethod = points[at] ?? [];
    for (const score of scores) printScore(output, maps, score, ofMethod, named);
    for (const sentence of faithfulnessSentences(maps, ofMethod)) output.line(sentence);
    output.line();
  });
  output.line(BEATS_NOTE);
  const estimates = points
    .flat()
    .flatMap(({ confidence, scores: all }) => [
      confidence,
      ...all.flatMap(({ estimate, controls }) => [estimate, ...controls.map(({ difference }) => difference)]),
    ]);
  for (const line of dashLines(estimates)) output.line(line);
}

function printScore(
  output: Output,
  maps: string,
  id: ScoreId,
  points: readonly MeasuredFaithfulness[],
  named: (epoch: number) => string,
): void {
  const { name, better, source } = scoreOf(id);
  const judged = better === null ? '' : `, ${better} is better`;
  output.line(`${name} (${source}) of ${maps}${judged}`);
  const rows = points.flatMap((point) => {
    const scored = point.scores.find(({ score }) => score === id);
    return scored === undefined ? [] : [[named(point.epoch), ...accuracyCells(point), ...scoreCells(scored)]];
  });
  const header = ['epoch', 'accuracy %', '95 %', 'score', '95 %', 'n', ...controlHeads(points, id)];
  for (const line of table(withoutEmptyColumns([header, ...rows]))) output.line(line);
  output.line();
}

function controlHeads([first]: readonly MeasuredFaithfulness[], id: ScoreId): string[] {
  const controls = first?.scores.find(({ score }) => score === id)?.controls ?? [];
  return controls.flatMap(({ control }) => [control, `− ${control}`, '95 %']);
}

function accuracyCells({ accuracy }: MeasuredFaithfulness): string[] {
  return accuracy === null ? [NOTHING, NOTHING] : rateCells(accuracy);
}

function scoreCells({ estimate, controls }: Scored): string[] {
  return [
    ...meanCells(estimate, 3),
    String(estimate?.n ?? 0),
    ...controls.flatMap((each) => [meanCells(each.estimate, 3)[0], ...meanCells(each.difference, 3)]),
  ];
}
