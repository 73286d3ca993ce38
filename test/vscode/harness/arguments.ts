/** The arguments of `test/vscode/run.mjs`. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { InputError } from '../../../src/common/errors';
import { RELEASES, type Release } from '../server/release';

/** One of several processes that share the suites. */
export interface Lane {
  /** Where each says which suites it takes. */
  readonly claims: string;
  /** Tells it from the others. */
  readonly number: string;
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
  /** Only tests for every release. */
  readonly fewer: boolean;
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
      fewer: { type: 'boolean', default: false },
      claims: { type: 'string' },
      lane: { type: 'string', default: '0' },
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
    fewer: values.fewer,
    lane: values.claims === undefined ? undefined : { claims: values.claims, number: values.lane },
  };
}

function chooseReleases(name: string): readonly Release[] {
  const chosen = name === 'all' ? RELEASES : RELEASES.filter(({ vscode }) => `${vscode}.`.startsWith(`${name}.`));
  if (chosen.length > 0) return chosen;
  const known = RELEASES.map(({ vscode }) => vscode).join(', ');
  throw new InputError('there is no such VS Code here', { found: name, expected: `all or one of ${known}` });
}
