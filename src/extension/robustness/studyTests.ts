/** The perturbation tests in a study's text, with their places. This file does not import `vscode`. */
import { findNodeAtLocation } from 'jsonc-parser';
import { canonicalJson } from '../../common/canonicalJson';
import { perturbationText, type Perturbation } from '../../perturbations';
import { parseStudy } from '../../study';
import { parseWhatIsThere } from '../../study/jsonText';
import { MOST_PERTURBATIONS } from '../../study/schema';

export interface StudyTest {
  /** The position in the list, from 0. */
  readonly index: number;
  /** A short name: "gaussianNoise 0.1". */
  readonly title: string;
  readonly rounds: number;
  /** Everything that determines the numbers: the entry without `expect`. */
  readonly drawn: Perturbation;
  /** The settings as a text, for comparisons. */
  readonly key: string;
  /** The entry's `expect`; empty where it has none. */
  readonly expectation: string;
  /** Where the entry begins, in UTF-16 units. */
  readonly offset: number;
}

export interface StudyTests {
  /** Where the list's name begins, if the list exists. */
  readonly offset: number | undefined;
  /** Where each entry begins, also in an invalid study. */
  readonly offsets: readonly number[];
  /** Undefined for an invalid study. */
  readonly tests: readonly StudyTest[] | undefined;
  /** The epochs that the study asks for. */
  readonly checkpoints: 'all' | readonly number[];
  /** The architectures of the study's models, usually one; none for an invalid study. */
  readonly architectures: readonly string[];
}

export function studyTests(text: string, file: string): StudyTests {
  const root = parseWhatIsThere(text);
  const list = root && findNodeAtLocation(root, ['perturbations']);
  const isThere = list?.type === 'array';
  const offsets = isThere ? (list.children ?? []).slice(0, MOST_PERTURBATIONS).map(({ offset }) => offset) : [];
  const parsed = parseStudy(text, file);
  return {
    offset: isThere ? list.parent?.children?.[0]?.offset : undefined,
    offsets,
    tests: parsed.ok
      ? parsed.study.perturbations.map((entry, index) => studyTest(entry, index, offsets[index] ?? 0))
      : undefined,
    checkpoints: parsed.ok ? parsed.study.explain.checkpoints : 'all',
    architectures: parsed.ok ? parsed.studies.map(({ model }) => model.architecture) : [],
  };
}

function studyTest(entry: Perturbation, index: number, offset: number): StudyTest {
  const { expect = {}, ...drawn } = entry;
  return {
    index,
    offset,
    drawn,
    rounds: entry.rounds,
    title: perturbationText(entry),
    key: canonicalJson(drawn),
    expectation: Object.keys(expect).length === 0 ? '' : canonicalJson(expect),
  };
}
