/** Finds everything that is wrong with a study file, or that will give useless results, with what can be done about it. */
import * as vscode from 'vscode';
import { capital } from '../../common/capital';
import { examineStudy, type JsonPath, type ReadText, type StudyProblem } from '../../study';
import { keyNodeAt, nodeAt, type JsonText } from '../../study/jsonText';
import { moreText } from '../../study/problem';
import { createFew, patternOf } from '../../study/problemList';
import type { RunSummary } from '../runs/runSummary';
import { contradictionFixes } from './contradictionFixes';
import type { Finding, Fix, Located } from './finding';
import { lostRunFindings } from './lostRunFindings';
import { mapFindings } from './mapFindings';
import { nameFindings } from './nameFindings';
import { remarkFixes } from './remarkFixes';

/** @param lost runs beside the file that it may adopt: see `adoptableRuns` */
export async function checkStudy(text: string, file: string, lost: readonly RunSummary[] = []): Promise<Finding[]> {
  const { schema, contradictions, read } = await examineStudy(text, file);
  const refused = schema.map((problem) => asFinding(problem, 'schema'));
  if (read === undefined) return refused;
  const contradicting = contradictions.map((problem) => {
    return { ...asFinding(problem, 'contradiction'), fixes: contradictionFixes(problem, read.written) };
  });
  const studies = read.variants.map(({ study }) => study);
  const located = [
    ...read.variants.flatMap((variant) => variantFindings(variant, read.isKnown)),
    ...(await nameFindings(studies[0]?.name ?? '', file)),
    ...lostRunFindings(studies, file, lost),
  ];
  const findings = fewOfEach(withoutRepeats(located)).map((finding) => place(finding, read.json));
  return [...refused, ...contradicting, ...findings].sort((a, b) => a.offset - b.offset);
}

/** Findings for one of the file's models, with places in the file. */
function variantFindings(
  { study, remarks, variant, declared }: ReadText['variants'][number],
  isKnown: ReadText['isKnown'],
): Located[] {
  const placed = (fixes: readonly Fix[]): Fix[] =>
    fixes.map((fix) =>
      'changes' in fix
        ? { ...fix, changes: fix.changes.map(({ path, value }) => ({ path: variant.place(path), value })) }
        : fix,
    );
  const ofRemarks = remarks.map((remark) => {
    const { code, severity, path } = remark;
    return {
      code,
      severity,
      path,
      message: problemMessage(remark),
      fixes: placed(remarkFixes(remark, study, declared)),
    };
  });
  const fields: JsonPath[] = [['dataset'], ['model'], ['explain', 'layer']];
  const ofMaps = declared !== undefined && fields.every(isKnown) ? mapFindings(study, declared) : [];
  const mapsPlaced = ofMaps.map((each) => ({ ...each, path: variant.place(each.path), fixes: placed(each.fixes) }));
  return [...mapsPlaced, ...ofRemarks];
}

/** A finding that is not about the model appears once for each model. */
function withoutRepeats(found: readonly Located[]): Located[] {
  return [...new Map(found.map((finding) => [JSON.stringify([finding.path, finding.message]), finding])).values()];
}

/** The first few findings of each kind (`Few`): a study may name a thousand images that do not exist. */
function fewOfEach(found: readonly Located[]): Located[] {
  const few = createFew<Located>();
  for (const finding of found) few.add(`${finding.code} ${patternOf(finding.path)}`, () => finding);
  return few
    .list()
    .map(({ item, more }) => (more === 0 ? item : { ...item, message: `${item.message} ${moreText(more)}` }));
}

function asFinding(problem: StudyProblem, code: 'schema' | 'contradiction'): Finding {
  const { offset, length, replacement } = problem;
  const title = vscode.l10n.t('Replace by {0}', replacement ?? '');
  const fixes = replacement === undefined ? [] : [{ title, replacement }];
  return {
    code,
    severity: 'error',
    offset,
    length,
    message: problemMessage(problem),
    fixes,
    bySchema: code === 'schema',
  };
}

/** The message leaves out the place, which the underline shows. */
function problemMessage({
  summary,
  found,
  expected,
  advice,
  more,
}: Pick<StudyProblem, 'summary' | 'found' | 'expected' | 'advice' | 'more'>): string {
  const what = [found && `found ${found}`, expected && `expected ${expected}`].filter(Boolean).join(', ');
  const also = more === undefined ? undefined : moreText(more);
  return [`${capital(summary)}${what === '' ? '' : `: ${what}`}.`, advice, also].filter(Boolean).join(' ');
}

/** A finding is placed at the value; at an object, or where the value is absent, at the name of its parent. */
function place({ path, ...finding }: Located, json: JsonText): Finding {
  const node = nodeAt(json, path);
  const long = node.type === 'object' || node.type === 'array';
  const shown = long ? keyNodeAt(json, path) : node;
  const length = shown.parent === undefined && shown.type === 'object' ? 1 : shown.length;
  return { ...finding, offset: shown.offset, length, bySchema: false };
}
