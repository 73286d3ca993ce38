/** What the report cannot say, as far as it follows from what was not done. */
import type { ReportContent } from '../content';
import { html } from '../markup';
import { limitsOf } from '../limits';
import { citations } from './references';
import { eachRun, type Section } from './section';

export function limitsSection(content: ReportContent): Section {
  const body = eachRun(
    content,
    (run) =>
      html`<ul>
        ${limitsOf(run, content).map(({ text, cites }) => html`<li>${text}${citations(cites)}</li>`)}
      </ul>`,
  );
  return { id: 'limits', title: 'Limits', body };
}
