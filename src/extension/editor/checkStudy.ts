/**
 * Finds everything that is wrong with a study file, or that will give useless results. This file does not import
 * `vscode`.
 */
import { dirname, basename } from 'node:path';
import { capital } from '../../common/capital';
import {
  checkJson,
  contradictionProblems,
  resolveStudy,
  variantsOf,
  writtenContradictions,
  writtenStudySchema,
  type StudyProblem,
  type Variant,
  type Study,
  freeName,
  namesakesOf,
} from '../../study';
import { keyNodeAt, nodeAt, type JsonText } from '../../study/jsonText';
import { moreText } from '../../study/problem';
import { createFew, patternOf } from '../../study/problemList';
import type { RunSummary } from '../runs/runSummary';
import { contradictionFixes } from './contradictionFixes';
import { dataFindings } from './dataFindings';
import type { Finding, Fix, Located } from './finding';
import { mapFindings } from './mapFindings';
import { likenessOf, mayBeOf } from '../../runs/finding/lost';
import { COMMANDS } from '../ids';

/** @param lost runs beside the file that it may adopt: see `adoptableRuns` */
export async function checkStudy(text: string, file: string, lost: readonly RunSummary[] = []): Promise<Finding[]> {
  const checked = checkJson(text, writtenStudySchema);
  if (!checked.ok) return checked.problems.map((problem) => asFinding(problem, 'schema'));
  const { value, json } = checked;
  const wrong = contradictionProblems(json, writtenContradictions(value));
  const variants = variantsOf(value);
  const studies = variants.map((variant) => resolveStudy(variant.file, file));
  const located = await Promise.all([
    ...variants.map((variant) => variantFindings(variant, file)),
    nameFindings(studies[0]?.name ?? '', file),
  ]);
  const every = [...located.flat(), ...lostRunFindings(studies, file, lost)];
  const findings = fewOfEach(withoutRepeats(every)).map((finding) => place(finding, json));
  return [
    ...wrong.map((problem) => ({ ...asFinding(problem, 'contradiction'), fixes: contradictionFixes(problem, value) })),
    ...findings,
  ].sort((a, b) => a.offset - b.offset);
}

/** Finds what will give useless results for one of the file's models, with places in the file. */
async function variantFindings({ file: studyFile, place: placeOf }: Variant, file: string): Promise<Located[]> {
  const study = resolveStudy(studyFile, file);
  const found = [...mapFindings(study), ...(await dataFindings(study, dirname(file)))];
  const moved = (fix: Fix): Fix =>
    'changes' in fix
      ? { ...fix, changes: fix.changes.map(({ path, value }) => ({ path: placeOf(path), value })) }
      : fix;
  return found.map((finding) => ({ ...finding, path: placeOf(finding.path), fixes: finding.fixes.map(moved) }));
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
  const fixes = replacement === undefined ? [] : [{ title: `Replace by ${replacement}`, replacement }];
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
function problemMessage({ summary, found, expected, advice, more }: StudyProblem): string {
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

/** @param lost the newest first */
function lostRunFindings(studies: readonly Study[], file: string, lost: readonly RunSummary[]): Located[] {
  const likenesses = studies.map(likenessOf);
  const alike = lost.filter(({ studyName, studyHash = '' }) =>
    mayBeOf({ name: studyName, hash: studyHash }, likenesses),
  );
  if (alike.length === 0) return [];
  const files = [...new Set(alike.map(({ studyFile }) => basename(studyFile)))].join(' and ');
  const runs = alike.length === 1 ? 'A run' : `${alike.length} runs`;
  const fate = alike.some(({ lost }) => lost === true) ? 'which is gone' : 'which has other settings by now';
  const message = `${runs} of ${files}, ${fate}, may be of this study: it has none of its own.`;
  const argument = { studyFile: file, runs: alike.map(({ folder }) => folder) };
  const title = alike.length === 1 ? 'Use that run for this study…' : `Use those ${alike.length} runs for this study…`;
  const fixes = [{ title, command: COMMANDS.adoptRun, argument }];
  return [{ code: 'lostRuns', severity: 'information', path: [], message, fixes }];
}

async function nameFindings(name: string, file: string): Promise<Located[]> {
  const others = await namesakesOf(file, name);
  if (others.length === 0) return [];
  const files = others.map((other) => basename(other)).join(' and ');
  const free = await freeName(dirname(file), name, file);
  const path = ['name'];
  const message =
    `${files} has the name "${name}", too. Each file keeps its own runs, ` +
    `but in lists and in .epochlens/runs/${name} they are hard to tell apart.`;
  const fixes = [{ title: `Name this study "${free}"`, changes: [{ path, value: free }] }];
  return [{ code: 'duplicateName', severity: 'warning', path, message, fixes }];
}
