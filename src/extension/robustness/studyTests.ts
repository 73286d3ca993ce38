/** The perturbation tests that a study's text describes, with their places in it. Knows nothing of `vscode`. */
import { findNodeAtLocation } from 'jsonc-parser';
import { canonicalJson } from '../../common/canonicalJson';
import { parseStudy, perturbationText, type Perturbation } from '../../study';
import { parseWhatIsThere } from '../../study/jsonText';
import { MOST_PERTURBATIONS } from '../../study/schema';

export interface StudyTest {
  /** Its place in the list, from 0. */
  readonly index: number;
  /** In few words: "gaussianNoise 0.1". */
  readonly title: string;
  readonly rounds: number;
  /** All that its numbers follow from: the entry without what is expected of it. */
  readonly drawn: Perturbation;
  /** The same as a text, to compare. */
  readonly key: string;
  /** What is expected of it; empty where nothing is. */
  readonly expectation: string;
  /** Where it begins, in UTF-16 units. */
  readonly offset: number;
}

export interface StudyTests {
  /** Of the name of the list, where it is there. */
  readonly offset: number | undefined;
  /** Where each entry begins, also where the study is not right as a whole. */
  readonly offsets: readonly number[];
  /** Undefined where something in the study is wrong. */
  readonly tests: readonly StudyTest[] | undefined;
  /** The epochs that the study asks for. */
  readonly checkpoints: 'all' | readonly number[];
  /** Of the models that it names, mostly one; none where something is wrong. */
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
