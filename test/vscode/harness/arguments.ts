/** The arguments of `test/vscode/run.mjs`. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { InputError } from '../../../src/common/errors';
import { RELEASES, type Release } from '../server/release';

/** A share of the driven suites. */
export interface Lane {
  /** Suites whose place, from 0, leaves this when divided by `of`. */
  readonly index: number;
  readonly of: number;
  /** Only tests for every release. */
  readonly fewer: boolean;
}

export interface Arguments {
  readonly releases: readonly Release[];
  readonly vsix: string | undefined;
  /** Only tests whose name has this text. */
  readonly only: string;
  readonly inside: boolean;
  readonly driven: boolean;
  readonly results: string | undefined;
  readonly headed: boolean;
  /** Given where others run the rest. */
  readonly lane: Lane | undefined;
}

export function parseArguments(args: string[]): Arguments {
  const { values } = parseArgs({
    args,
    options: {
      vscode: { type: 'string', default: 'all' },
      vsix: { type: 'string' },
      only: { type: 'string', default: '' },
      inside: { type: 'boolean', default: false },
      driven: { type: 'boolean', default: false },
      results: { type: 'string' },
      headed: { type: 'boolean', default: false },
      lane: { type: 'string' },
    },
  });
  const both = !values.inside && !values.driven;
  return {
    releases: chooseReleases(values.vscode),
    vsix: values.vsix === undefined ? undefined : resolve(values.vsix),
    only: values.only,
    // A suite inside the host needs the extension's folder, which a package's test does without.
    inside: (both || values.inside) && values.vsix === undefined,
    driven: both || values.driven,
    results: values.results === undefined ? undefined : resolve(values.results),
    headed: values.headed,
    lane: values.lane === undefined ? undefined : parseLane(values.lane),
  };
}

/** "0/2": the first of two; "0/1/fewer": all, of those for every release. */
function parseLane(text: string): Lane {
  const [, index, of, fewer] = /^(\d+)\/(\d+)(\/fewer)?$/.exec(text) ?? [];
  if (index === undefined || of === undefined)
    throw new InputError('this is no lane', { found: text, expected: 'such as 0/2' });
  return { index: Number(index), of: Number(of), fewer: fewer !== undefined };
}

function chooseReleases(name: string): readonly Release[] {
  const chosen = name === 'all' ? RELEASES : RELEASES.filter(({ vscode }) => `${vscode}.`.startsWith(`${name}.`));
  if (chosen.length > 0) return chosen;
  const known = RELEASES.map(({ vscode }) => vscode).join(', ');
  throw new InputError('there is no such VS Code here', { found: name, expected: `all or one of ${known}` });
}
