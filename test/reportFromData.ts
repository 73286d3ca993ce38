/** A report drawn again from its JSON alone: what differs then from the page is a number that the JSON has not. */
import { namedNetwork, type ArchitectureName } from '../src/architectures';
import type { ReportContent, RunContent } from '../src/report/content';
import { renderReport } from '../src/report/report';

/** Its names are those that other programs read: `mistakes` for what is misclassified. */
interface ReportData extends Omit<ReportContent, 'version' | 'runs'> {
  readonly madeBy: string;
  readonly runs: readonly (Omit<RunContent, 'misclassified'> & { readonly mistakes: RunContent['misclassified'] })[];
}

/** The page that report.json says, with other pictures. */
export function reportFromData(json: string): string {
  const { madeBy, runs, ...data } = JSON.parse(json, revived) as ReportData;
  const contents = runs.map(({ mistakes, ...run }) => ({ ...run, misclassified: mistakes }));
  return renderReport({ ...data, runs: contents, version: madeBy.replace(/^EpochLens /, '') });
}

/** A page without its pixels, and the numbers that charts count their styles by. */
export function withoutPixels(page: string): string {
  return page.replace(/data:image\/png;base64,[^"]*/g, '').replace(/zr\d+-(c|cls-)\d+/g, 'zr');
}

const BLANK = { height: 1, width: 1, pixels: new Uint8Array(3) };

function revived(key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const fields = value as Readonly<Record<string, unknown>>;
  if ('flat' in fields && typeof fields['height'] === 'number' && typeof fields['width'] === 'number') {
    const { height, width, flat } = fields as { height: number; width: number; flat: boolean };
    return { height, width, values: Array.from({ length: height * width }, (_, at) => (flat ? 1 : at)) };
  }
  if (key === 'run') {
    const { study } = fields['manifest'] as { study: { model: { architecture: ArchitectureName } } };
    return { ...fields, study, network: namedNetwork(study.model.architecture) };
  }
  // An image of the data set, and a round of a perturbed one.
  return 'label' in fields && 'name' in fields ? { ...fields, picture: BLANK } : withPicture(fields);
}

function withPicture(fields: Readonly<Record<string, unknown>>): unknown {
  return 'degrees' in fields && 'views' in fields ? { ...fields, picture: BLANK } : fields;
}
