import type { ReportContent } from './content';
import { html, type Markup } from './markup';
import { isSigned } from '../explanations';
import { colourBar } from './pictures';
import { policyMeta, scriptElement, styleElement } from './policy';
import { accuracySection } from './sections/accuracy';
import { agreementSection } from './sections/agreement';
import { appendixSection } from './sections/appendix';
import { attacksSection } from './sections/attacks';
import { attentionSection } from './sections/drift';
import { benchmarkSection } from './sections/benchmark';
import { calibrationSection } from './sections/calibration';
import { faithfulnessSection } from './sections/faithfulness';
import { heatmapsSection } from './sections/heatmaps';
import { limitsSection } from './sections/limits';
import { localisationSection } from './sections/localisation';
import { methodsSection } from './sections/methods';
import { misclassifiedSection } from './sections/misclassified';
import { missingSection } from './sections/missing';
import { perturbedSection } from './sections/perturbed';
import { provenanceSection } from './sections/provenance';
import { referencesSection } from './sections/references';
import { robustnessSection } from './sections/robustness';
import { sanitySection } from './sections/sanity';
import type { Section } from './sections/section';
import { summary } from './sections/summary';
import { STYLE } from './style';

const SECTIONS = [
  missingSection,
  accuracySection,
  heatmapsSection,
  attentionSection,
  misclassifiedSection,
  robustnessSection,
  perturbedSection,
  benchmarkSection,
  attacksSection,
  calibrationSection,
  faithfulnessSection,
  sanitySection,
  localisationSection,
  agreementSection,
  methodsSection,
  limitsSection,
  provenanceSection,
  referencesSection,
  appendixSection,
];

const INLINE = {
  style: STYLE,
  script: `document.getElementById('opacity').addEventListener('input', (event) =>
  document.documentElement.style.setProperty('--heat', event.target.value));`,
};

/** The whole report: one HTML file that fetches nothing. */
export function renderReport(content: ReportContent): string {
  const { title, runs } = content;
  const sections = SECTIONS.map((section): Section | undefined => section(content)).filter(
    (section) => section !== undefined,
  );
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        ${policyMeta(INLINE)}
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – EpochLens</title>
        ${styleElement(INLINE)}
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          ${runs.map(
            ({ name, about, run: { study, manifest } }) =>
              html`<p class="muted">
                ${about.name === undefined ? '' : `${about.name}: `}${name} at
                ${study.model.inputSize}×${study.model.inputSize}, ${manifest.dataset.description}
              </p>`,
          )}
          ${summary(runs)} ${contents(sections)}
        </header>
        ${controls(runs)}
        <main>
          ${sections.map(
            ({ id, title: heading, body }) =>
              html`<section id="${id}">
                <h2>${heading}</h2>
                ${body}
              </section>`,
          )}
        </main>
      </body>
    </html>`;
  return `${page.text}\n`;
}

function contents(sections: readonly Section[]): Markup {
  return html`<nav aria-label="Contents">
    <ol>
      ${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}
    </ol>
  </nav>`;
}

/** Of all heatmaps: what their colours mean, and how far they cover the images. */
function controls(runs: ReportContent['runs']): Markup {
  return html`<div class="controls">
    ${colourBar(runs.some(({ method }) => isSigned(method)))}
    <label>Heatmap opacity <input id="opacity" type="range" min="0" max="1" step="0.05" value="0.5" /></label>
    ${scriptElement(INLINE)}
  </div>`;
}
