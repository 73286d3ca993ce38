/** What `verify` prints. */
import { engineWord } from '../../common/engineWords';
import type { Reproduced, Reproduction } from '../../computations/reproduction/reproduce';
import type { Finding, Part, Sealed, Verdict } from '../../runs';
import { NOTHING, table, type Output } from './output';

const PARTS: Readonly<Record<Part, string>> = {
  manifest: 'run.json',
  status: 'status.json',
  sums: 'sums.jsonl',
  network: 'network.onnx',
  metrics: 'metrics lines',
  steps: 'lines of steps',
  checkpoint: 'checkpoints',
  optimizerState: 'optimiser states',
  result: 'results',
  data: 'data set',
};

const VERDICTS: Readonly<Record<Verdict, string>> = {
  whole: 'whole',
  damaged: 'damaged',
  missing: 'missing',
  notVouched: 'not vouched for',
};

/** Of one kind of damage at most so many are told one by one. */
const MOST_TOLD = 50;

export function printVerification(output: Output, folder: string, findings: readonly Finding[]): void {
  output.line(folder);
  for (const line of table(countsOf(findings))) output.line(line);
  const wrong = findings.filter(({ verdict }) => verdict === 'damaged' || verdict === 'missing');
  const unvouched = findings.filter(({ verdict }) => verdict === 'notVouched');
  for (const finding of wrong.slice(0, MOST_TOLD)) output.line(sentenceOf(finding));
  if (wrong.length > MOST_TOLD) output.line(`… and ${wrong.length - MOST_TOLD} more: --json lists all.`);
  for (const [sentence, files] of grouped(unvouched)) output.line(`${files.join(', ')}: ${sentence}`);
}

/** A row a part of the run, a column a verdict. */
function countsOf(findings: readonly Finding[]): string[][] {
  const parts = (Object.keys(PARTS) as Part[]).filter((part) => findings.some((finding) => finding.part === part));
  const verdicts = Object.keys(VERDICTS) as Verdict[];
  const count = (part: Part, verdict: Verdict): string => {
    const found = findings.filter((finding) => finding.part === part && finding.verdict === verdict).length;
    return found === 0 ? NOTHING : String(found);
  };
  return [
    ['', ...verdicts.map((verdict) => VERDICTS[verdict])],
    ...parts.map((part) => [PARTS[part], ...verdicts.map((verdict) => count(part, verdict))]),
  ];
}

/** "checkpoints/epoch-003.safetensors: damaged: its bytes are not … . Restore it from a copy." */
function sentenceOf({ file, place, verdict, detail, advice }: Finding): string {
  const where = place === undefined ? file : `${file}, ${place}`;
  const what = [VERDICTS[verdict], detail].filter((part) => part !== undefined).join(': ');
  return `${where}: ${what}.${advice === undefined ? '' : ` ${advice}`}`;
}

/** Of many files the same is said once, with the first few of them. */
function grouped(findings: readonly Finding[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const finding of findings) {
    const { verdict, detail, advice } = finding;
    const key = sentenceOf({
      part: finding.part,
      file: '',
      verdict,
      ...(detail && { detail }),
      ...(advice && { advice }),
    });
    const sentence = key.replace(/^: /, '');
    groups.set(sentence, [...(groups.get(sentence) ?? []), finding.file]);
  }
  for (const [sentence, files] of groups) {
    const names = [...new Set(files)];
    groups.set(sentence, names.length > 3 ? [...names.slice(0, 3), `${names.length - 3} more`] : names);
  }
  return groups;
}

export function printSealed(output: Output, { sealed, dropped }: Sealed): void {
  for (const line of dropped) output.line(`Line ${line} of sums.jsonl was damaged, and is left out.`);
  for (const what of sealed) output.line(`Sealed as it is: ${what}`);
  if (sealed.length === 0 && dropped.length === 0) output.line('There was nothing to seal: everything has its sum.');
}

export function printReproduction(output: Output, { reproduced, skipped }: Reproduction): void {
  const rows = reproduced.map((result) => [
    result.of,
    result.agrees ? 'agrees' : 'DIFFERS',
    numberText(result.difference),
    result.tolerance === 0 ? 'equal to the bit' : numberText(result.tolerance),
    makerText(result),
  ]);
  if (rows.length > 0) {
    const header = ['computed again', '', 'largest difference', 'tolerance', 'kept result made by'];
    for (const line of table([header, ...rows])) output.line(line);
  }
  for (const { file, agrees } of reproduced) if (!agrees) output.line(`${file} is not what these inputs give.`);
  const reasons = new Map<string, number>();
  for (const { reason } of skipped) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  for (const [reason, count] of reasons)
    output.line(`${count} ${count === 1 ? 'result was' : 'results were'} skipped: ${reason}.`);
  if (reproduced.length === 0) output.line('No kept result could be computed again.');
}

function numberText(value: number): string {
  return value === 0 ? '0' : value.toExponential(1);
}

function makerText({ madeBy }: Reproduced): string {
  return madeBy === undefined
    ? 'an older version'
    : `${engineWord(madeBy.engine)} (${madeBy.version}), EpochLens ${madeBy.epochlens}`;
}
