import { valueOfWhatIsThere } from '../jsonText';
import { resolveStudy } from '../resolve';
import { writtenStudySchema, type Study } from '../schema';
import { variantsOf } from '../variants';
import { readableStudy } from './readable';

/** The studies of a text that is being written, with the default of every field that cannot be read. */
export function studiesIn(text: string, file: string): Study[] {
  const raw = valueOfWhatIsThere(text);
  const parsed = writtenStudySchema.safeParse(raw);
  const written = parsed.success ? parsed.data : readableStudy({ raw, issues: parsed.error.issues, schema: {} })?.value;
  return written === undefined ? [] : variantsOf(written).map((variant) => resolveStudy(variant.file, file));
}
