/** All that there is to say of a study file's text, with places in it: what the editor shows, and what Train goes by. */
import { dirname } from 'node:path';
import type { Declaration } from '../../architectures';
import { checkJson, type Checked } from '../checkJson';
import { contradictionProblems } from '../contradictionProblems';
import { isWritten, type JsonText } from '../jsonText';
import type { JsonPath, StudyProblem } from '../problem';
import { declarationIfReadable, networkFactsOf } from '../network';
import { resolveStudy } from '../resolve';
import { writtenStudySchema, type Study, type WrittenStudy } from '../schema';
import { variantsOf, writtenContradictions, type Variant } from '../variants';
import { expandSweep } from '../sweep/expand';
import type { Remark } from './check';
import { checkTraining } from './checkTraining';
import { overlap, readableStudy, type ReadableStudy } from './readable';

/** What a text says, as far as it can be read. */
export interface ReadText {
  readonly json: JsonText;
  readonly written: WrittenStudy;
  /** Each of the file's models, with its study and its remarks, whose paths are in the file. */
  readonly variants: readonly {
    readonly variant: Variant;
    readonly study: Study;
    readonly remarks: readonly Remark[];
    /** Undefined where the file of its network cannot be read. */
    readonly declared: Declaration | undefined;
  }[];
  /** Whether a field could be read. */
  readonly isKnown: (path: JsonPath) => boolean;
}

export interface Examination {
  /** What the schema refuses. */
  readonly schema: readonly StudyProblem[];
  /** Fields that do not go together. */
  readonly contradictions: readonly StudyProblem[];
  /** Undefined where nothing of the text can be read. */
  readonly read?: ReadText;
}

export async function examineStudy(text: string, file: string): Promise<Examination> {
  const checked = checkJson(text, writtenStudySchema);
  const schema = checked.ok ? [] : checked.problems;
  const json = checked.ok ? checked.json : checked.refused?.json;
  const readable: ReadableStudy | undefined = checked.ok
    ? { value: checked.value, unread: [] }
    : checked.refused && readableStudy(checked.refused);
  if (json === undefined || readable === undefined) return { schema, contradictions: [] };
  const { value: written, unread } = readable;
  const isKnown = (path: JsonPath): boolean => !unread.some((field) => overlap(field, path));
  const contradictions = writtenContradictions(written, (fields) => fields.every(isKnown));
  const variants = variantsOf(written).map(async (variant) => {
    const facts = await networkFactsOf(variant.file.model, dirname(file));
    const study = resolveStudy(variant.file, file, facts);
    const remarks = await checkTraining(study, dirname(file), unread);
    const placed = remarks.map((each) => ({ ...each, path: variant.place(each.path) }));
    // Of a default nobody need be told that it is unusual.
    const said = placed.filter(({ code, path }) => code !== 'unlikelyValue' || isWritten(json, path));
    return { variant, study, remarks: said, declared: await declarationIfReadable(study, dirname(file)) };
  });
  const unfit = contradictionProblems(
    json,
    contradictions.filter(({ path }) => isKnown(path)),
  );
  // Every cell inherits what is wrong with the rest of the file.
  const ofSweep = checked.ok && unfit.length === 0 ? sweepProblems(checked, file) : [];
  return {
    schema,
    contradictions: [...unfit, ...ofSweep],
    read: { json, written, variants: await Promise.all(variants), isKnown },
  };
}

function sweepProblems(
  { json, raw, value }: Checked<WrittenStudy> & { ok: true },
  fileName: string,
): readonly StudyProblem[] {
  const expanded = expandSweep({ json, raw, written: value, fileName, factsOf: () => undefined });
  return expanded.ok ? [] : expanded.problems;
}
