import { describe, expect, it } from 'vitest';
import {
  arrayWord,
  checkedTime,
  fillTemplate,
  memoryOf,
  memoryWord,
  timeWord,
  warningSeconds,
  USUAL_TEMPLATE,
  type GivenOptions,
  type TemplateValues,
} from '../../../src/cluster';

const VALUES = {
  name: 'epochlens-x',
  array: '0-2%1',
  logs: '/a b/logs',
  job: "/a b/it's",
  program: 'env A=1 /usr/bin/node /c/cli.js',
  prepare: '',
  partition: 'main',
  account: null,
  time: null,
  warning: '120',
  memory: '512M',
  cpus: null,
};
const fill = (text: string, more: Partial<TemplateValues> = {}, given: GivenOptions = {}): string =>
  fillTemplate(text, '/s/slurm.epochlens.sh', { ...VALUES, ...more }, given);
const HEAD = '#!/bin/sh\n#SBATCH -J {{name}} -a {{array}}';
const WHOLE = `${HEAD}\n{{program}} {{job}} {{logs}}`;

describe('the template of a script', () => {
  it('is filled in; a directive that nobody asked for is left out', () => {
    const script = fill(USUAL_TEMPLATE);
    expect(script.split('\n').filter((line) => /^#SBATCH/.test(line))).toEqual([
      '#SBATCH --job-name=epochlens-x',
      '#SBATCH --array=0-2%1',
      '#SBATCH --output="/a b/logs/%a.txt"',
      '#SBATCH --open-mode=append',
      '#SBATCH --partition=main',
      '#SBATCH --mem=512M',
      '#SBATCH --signal=B:USR2@120',
      '#SBATCH --requeue',
    ]);
    expect(script).toContain(
      String.raw`$container env A=1 /usr/bin/node /c/cli.js task '/a b/it'\''s' "$SLURM_ARRAY_TASK_ID" &`,
    );
    expect(script).not.toContain('{{');
  });

  it('names the line of an unknown placeholder, and what is missing', () => {
    expect(() => fill(`${HEAD}\n#SBATCH --mem={{ memry }}`)).toThrow(
      /slurm\.epochlens\.sh, line 3: an unknown placeholder: found \{\{memry\}\}, expected one of .*\{\{memory\}\}/,
    );
    expect(() => fill(WHOLE.replace('{{logs}}', ''))).toThrow(/lines 1 to 3: .*found no \{\{logs\}\}/);
    expect(fill(`${WHOLE} {{ memory }}`)).toContain(' 512M');
  });

  it.each(['name', 'array', 'job', 'program'])('needs {{%s}} where it is no comment', (name) => {
    const text = USUAL_TEMPLATE.replaceAll(new RegExp(`^.*{{${name}}}.*$`, 'gm'), '# $&');
    expect(() => fill(text)).toThrow(/a placeholder is missing: found \{\{\w+\}\} in a comment alone/);
  });

  it('refuses a directive after the first command, which Slurm does not read', () => {
    for (const command of ['module load cuda', '  set -e']) {
      const text = USUAL_TEMPLATE.replace('#SBATCH --job', `\n  # of mine\n${command}\n#SBATCH --job`);
      expect(() => fill(text)).toThrow(
        /slurm\.epochlens\.sh, line 8: Slurm does not read this line: .*found the first command in line 7, expected every #SBATCH line before it/,
      );
    }
    fill(USUAL_TEMPLATE.replace('# module load cuda', 'module load cuda'));
  });

  it.each([
    ['time', '--time'],
    ['partition', '--partition'],
    ['account', '--account'],
    ['memory', '--memory'],
    ['cpus', '--cpus'],
    ['prepare', '--node-local'],
  ])('refuses what a person gave for a {{%s}} that is gone or in a comment, and no estimate', (name, option) => {
    const lineOf = new RegExp(String.raw`^.*\{\{${name}\}\}.*$`, 'm');
    const value = { [name]: '1' };
    for (const gone of ['', '##SBATCH --a={{$}}', '  # {{$}}']) {
      const text = USUAL_TEMPLATE.replace(lineOf, gone.replace('$', name));
      expect(() => fill(text, value, { [name]: option })).toThrow(
        `slurm.epochlens.sh, ${option}: an option that this script has no place for: found no {{${name}}}, expected {{${name}}} in a line`,
      );
      fill(text, value);
    }
    fill(USUAL_TEMPLATE, value, { [name]: option });
  });

  it('has nothing to refuse where nothing is asked for, as by --memory none', () => {
    const without = USUAL_TEMPLATE.replace(/^.*\{\{memory\}\}\n/m, '');
    expect(fill(without, { memory: null }, { memory: '--memory' })).not.toContain('--mem');
  });

  it('refuses a first line that Slurm refuses, and says what stands there', () => {
    const usual = fill(USUAL_TEMPLATE);
    expect(fill(USUAL_TEMPLATE.replaceAll('\n', '\r\n'))).toBe(usual);
    expect(() => fill(USUAL_TEMPLATE.split('\n').slice(1).join('\n'))).toThrow(
      /slurm\.epochlens\.sh, line 1: .*found "# How EpochLens hands .*expected its interpreter, such as #!\/bin\/bash/,
    );
    expect(() => fill(`\n${USUAL_TEMPLATE}`)).toThrow(/line 1: .*found nothing/);
    expect(() => fill(`\uFEFF${USUAL_TEMPLATE}`)).toThrow(/line 1/);
  });

  it('refuses what Slurm would read otherwise, in its own lines alone', () => {
    expect(() => fill(`${HEAD}\n#SBATCH -o {{logs}}`, { logs: '/100%/logs' })).toThrow(
      /line 3.*found \/100%\/logs.*other names, or .*another path/,
    );
    expect(fill(WHOLE, { logs: '/100%/logs' })).toContain('/100%/logs');
    // As its advice says.
    const elsewhere = USUAL_TEMPLATE.replace('="{{logs}}/%a.txt"', '=/tmp/%a.txt\n# {{logs}}');
    expect(fill(elsewhere, { logs: '/100%/logs' })).toContain('#SBATCH --output=/tmp/%a.txt\n');
  });
});

describe('amounts in the words of Slurm', () => {
  it('are arrays, times of whole ten minutes, and memory of whole 256 MiB', () => {
    expect([arrayWord(1, undefined), arrayWord(64, 8)]).toEqual(['0-0', '0-63%8']);
    expect([1, 600, 601, 3600, 90_000].map(timeWord)).toEqual([
      '00:10:00',
      '00:10:00',
      '00:20:00',
      '01:00:00',
      '1-01:00:00',
    ]);
    expect([1, 2 ** 28, 2 ** 28 + 1, 3e9].map(memoryWord)).toEqual(['256M', '256M', '512M', '3072M']);
  });

  it('are read as sbatch reads them, and refused otherwise', () => {
    expect(['90', '10:30', '04:00:00', '1-12', '1-12:30', '1-12:30:05'].map(checkedTime)).toEqual([
      '01:30:00',
      '00:10:30',
      '04:00:00',
      '1-12:00:00',
      '1-12:30:00',
      '1-12:30:05',
    ]);
    expect(['00:01:00', '00:10:00', '1-00:00:00', null].map(warningSeconds)).toEqual([5, 50, 120, 120]);
    for (const time of ['', 'soon', '4h', '1-', '1:2:3:4', '-1', '0', '367-0', '99999999999'])
      expect(() => checkedTime(time)).toThrow(/--time/);
    expect(['600', '600M', '4g', '2GB', '1T', 'none'].map(memoryOf)).toEqual([
      600 * 2 ** 20,
      600 * 2 ** 20,
      2 ** 32,
      2 ** 31,
      2 ** 40,
      undefined,
    ]);
    for (const memory of ['', '0', '-1', 'much', '1.5G', '4P']) expect(() => memoryOf(memory)).toThrow(/--memory/);
  });
});
