/**
 * The tests in a study's text, with their places: its perturbations, and then what else it measures. This file does not
 * import `vscode`.
 */
import { findNodeAtLocation } from 'jsonc-parser';
import { canonicalJson } from '../../common/canonicalJson';
import { expectedStudy, STUDY_KEYS, type StudyKey } from '../../measures/expectations/studies';
import { perturbationText, type Perturbation } from '../../perturbations';
import { parseStudy } from '../../study';
import { parseWhatIsThere } from '../../study/jsonText';
import { MOST_PERTURBATIONS } from '../../study/schema';

export interface StudyTest {
  /** The position among all tests, from 0: perturbations come first, in the study's order. */
  readonly index: number;
  /** Which measurement it is; undefined of a perturbation. */
  readonly study?: StudyKey | undefined;
  /** A short name: "gaussianNoise 0.1". */
  readonly title: string;
  /** Of a perturbation; 1 of a measurement. */
  readonly rounds: number;
  /** Everything that determines a perturbation's numbers: the entry without `expect`; undefined of a measurement. */
  readonly drawn: Perturbation | undefined;
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
  /** Where the name of the list of attacks begins, if the list exists. */
  readonly attacksOffset: number | undefined;
  /** Where each test begins, also in an invalid study. */
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
  const entries = isThere ? (list.children ?? []).slice(0, MOST_PERTURBATIONS).map(({ offset }) => offset) : [];
  const measurements = STUDY_KEYS.flatMap((key) => {
    const node = root && findNodeAtLocation(root, [key]);
    return node?.parent === undefined ? [] : [{ key, offset: node.parent.offset }];
  });
  const parsed = parseStudy(text, file);
  const offsets = [...entries, ...measurements.map(({ offset }) => offset)];
  return {
    offset: isThere ? list.parent?.children?.[0]?.offset : undefined,
    attacksOffset: root && findNodeAtLocation(root, ['attacks'])?.parent?.offset,
    offsets,
    tests: parsed.ok
      ? [
          ...parsed.study.perturbations.map((entry, index) => studyTest(entry, index, offsets[index] ?? 0)),
          ...measurements.map(({ key, offset }, at) =>
            measurementTest(key, parsed.study[key] ?? {}, parsed.study.perturbations.length + at, offset),
          ),
        ]
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

/** What is not a score's limit determines the numbers, such as how many images. */
function measurementTest(
  study: StudyKey,
  settings: Readonly<Record<string, unknown>>,
  index: number,
  offset: number,
): StudyTest {
  const { scores, title } = expectedStudy(study);
  const isLimit = (name: string): boolean => scores.some(({ key }) => key === name);
  const [limits, others] = [true, false].map((wanted) =>
    Object.fromEntries(Object.entries(settings).filter(([name]) => isLimit(name) === wanted)),
  ) as [object, object];
  return {
    index,
    study,
    offset,
    drawn: undefined,
    rounds: 1,
    title,
    key: canonicalJson({ study, ...others }),
    expectation: Object.keys(limits).length === 0 ? '' : canonicalJson(limits),
  };
}
