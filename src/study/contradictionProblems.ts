import { problemAt } from './issues';
import type { JsonText } from './jsonText';
import type { StudyProblem } from './problem';
import { createProblemList } from './problemList';
import type { Contradiction } from './contradiction';

/** The contradictions of a text's value, with their places: of each kind the first few, in the text's order. */
export function contradictionProblems(json: JsonText, contradictions: readonly Contradiction[]): StudyProblem[] {
  const problems = createProblemList();
  for (const { path, ...details } of contradictions)
    problems.add(details.summary, path, () => problemAt(json, path, details));
  return problems.list();
}
