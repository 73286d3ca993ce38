/**
 * report.json, which lies beside report.html: every number of the page, for other programs.
 *
 * It is the content that the page is drawn from (`ReportContent`, where each field is described), as JSON:
 *
 *   format   "epochlens report", and `version` of that format, 1
 *   title, madeAt, madeBy
 *   made     node, system, commands[], commit { id, isChanged } or null; study { name, text, isFile }
 *   references[] { key, bibtex }
 *   runs[]   methods[] { title, entries[] { term, text, cites[] } } and limits[] { id, text, cites[] }, as the page has them;
 *            asked { explain, perturbations } of the study now; images { train, test, height, width }; name; about { name, note, pinned } as in about.json; method, an explanation method's id; run { id, manifest } as in run.json; warnings; metrics[] as in metrics.jsonl; accuracies[] { epoch,
 *            measured { right, count }, claimed, differs } of imported checkpoints; present[]; checkpoints[] { epoch, hash }; and
 *            heatmaps, mistakes, perturbed, robustness and attention, each { there: true, value } or { there: false, reason }
 *
 *            missing[] { what, words[] }: what nobody has computed, and the command that does, without the run folder
 *            behind its name, which is `place` from the study's folder
 *
 *            studies { faithfulness, sanity, localisation, agreement, calibration, benchmark, attacks }: each where it is kept or asked for, with the numbers of `epochlens NAME --json`
 *
 * Means and intervals can be computed again from the images one by one: `perImage` of `measured` and of attention, and
 * `correct` of mistakes, as the file calls what is misclassified. A mean over rounds, and every number of an image, is to seven digits.
 *
 * Absolute paths have lost their folders. Accuracies are in per cent, counts are of images, null is what is not known. Pictures are left out, and of a heatmap stands
 * { height, width, flat } in place of its values, which `explain --json` has.
 */
import { isFlat, sharedScale, type FloatMap, type RgbImage } from '../imaging';
import type { Run } from '../runs';
import type { ReportContent, RunContent } from './content';
import { limitsOf } from './limits';
import { methodsOf } from './methods';
import { bibtex } from './references/bibtex';
import { usedReferences } from './references/used';

export const REPORT_DATA_FORMAT = 'epochlens report';
const REPORT_DATA_VERSION = 1;

/** The text of report.json. */
export function renderReportData(content: ReportContent): string {
  const { title, madeAt, version, made, study, runs } = content;
  const madeBy = `EpochLens ${version}`;
  const written = runs.map(({ misclassified: mistakes, ...run }, at) => ({
    ...run,
    mistakes,
    methods: methodsOf(runs[at] as RunContent),
    limits: limitsOf(runs[at] as RunContent, content),
  }));
  const data = {
    format: REPORT_DATA_FORMAT,
    version: REPORT_DATA_VERSION,
    title,
    madeAt,
    madeBy,
    made,
    study,
    runs: written,
    references: usedReferences(content).map((key) => ({ key, bibtex: bibtex(key) })),
  };
  return `${withShortLists(JSON.stringify(data, replaced, 1))}\n`;
}

/** Lists of numbers on a line each: there is one number an image in many of them. No string holds a line break. */
function withShortLists(json: string): string {
  return json.replace(/\[\n\s*(?:(?:null|[-+.\de]+),?\s+)+\]/g, (list) => list.replace(/\s+/g, ''));
}

function replaced(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return null;
  if (typeof value !== 'object' || value === null) return value;
  if (isPicture(value)) return undefined;
  if (isMap(value)) return { height: value.height, width: value.width, flat: isFlat(sharedScale([value])) };
  // As in run.json, which has the study, too.
  return key === 'run' && isRun(value) ? { id: value.id, manifest: value.manifest } : value;
}

function isPicture(value: object): value is RgbImage {
  return 'pixels' in value && 'height' in value && 'width' in value;
}

function isMap(value: object): value is FloatMap {
  return 'values' in value && 'height' in value && 'width' in value;
}

function isRun(value: object): value is Run {
  return 'manifest' in value && 'id' in value;
}
