/** All that makes the report again: the study file, the commands, the versions and the commit. */
import { enginesOf } from '../../runs';
import type { ReportContent } from '../content';
import { html } from '../markup';
import type { Section } from './section';

export function appendixSection({ study, made, version, runs }: ReportContent): Section {
  const engines = [
    ...new Set(
      runs.flatMap(({ run: { manifest } }) => enginesOf(manifest).map(({ name, version }) => `${name} ${version}`)),
    ),
  ];
  const facts: readonly (readonly [string, string])[] = [
    ['EpochLens', version],
    ['Engine of the training', engines.join(', ')],
    ['Node', made.node],
    ['System', made.system],
    [
      'Workspace',
      made.commit === null
        ? 'not under git'
        : `git commit ${made.commit.id}${made.commit.isChanged ? ', with changes that are not committed' : ''}`,
    ],
  ];
  const body = html`<h3>Study file</h3>
    <p class="muted">
      ${study.isFile ? study.name : `${study.name} is gone: this is the study as the run keeps it`}. Folders are left
      out of absolute paths, here and everywhere in this report.
    </p>
    <pre tabindex="0">${study.text}</pre>
    <h3>Commands</h3>
    <p class="muted">In the folder of the study file. What is kept there is not computed again.</p>
    <pre tabindex="0">${made.commands.join('\n')}</pre>
    <h3>Versions</h3>
    <dl>
      ${facts.map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>`;
  return { id: 'appendix', title: 'Appendix', body };
}
