/** How the report knows what it says. */
import type { ReportContent } from '../content';
import { html, type Markup } from '../markup';
import { methodsOf, type MethodsEntry } from '../methods';
import { citations } from './references';
import { eachRun, type Section } from './section';

export function methodsSection(content: ReportContent): Section {
  const level = content.runs.length > 1 ? 4 : 3;
  const body = eachRun(
    content,
    (run) =>
      html`${methodsOf(run).map(
        ({ title, entries }) =>
          html`${heading(level, title)}
            <dl class="methods">${entries.map(definition)}</dl>`,
      )}`,
  );
  return { id: 'methods', title: 'Methods', body };
}

function heading(level: 3 | 4, title: string): Markup {
  return level === 3 ? html`<h3>${title}</h3>` : html`<h4>${title}</h4>`;
}

function definition({ term, text, cites }: MethodsEntry): Markup {
  return html`<dt>${term}</dt>
    <dd>${text}${citations(cites)}</dd>`;
}
