/** What is not there yet, each with the command that computes it. Left out where nothing is missing. */
import type { ReportContent } from '../content';
import { html } from '../markup';
import { missingCommand } from '../missing';
import { eachRun, type Section } from './section';

export function missingSection(content: ReportContent): Section | undefined {
  if (content.runs.every(({ missing }) => missing.length === 0)) return undefined;
  const body = eachRun(content, ({ missing, place }) =>
    missing.length === 0
      ? html`<p>Nothing.</p>`
      : html`<ul>
          ${missing.map((each) => html`<li>${each.what}: <code>${missingCommand(each, place)}</code></li>`)}
        </ul>`,
  );
  return { id: 'missing', title: 'What is missing', body };
}
