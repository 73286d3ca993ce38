/** What is found in study files, seen from where another extension would see it. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { test } from '../../harness/inHost';
import { until } from '../../harness/until';

const FOLDER = (): string => vscode.workspace.workspaceFolders![0]!.uri.fsPath;

async function open(name: string, study: object): Promise<vscode.TextDocument> {
  const file = join(FOLDER(), `${name}.epochlens.json`);
  writeFileSync(file, JSON.stringify(study, null, 2));
  const document = await vscode.workspace.openTextDocument(file);
  await vscode.window.showTextDocument(document);
  return document;
}

async function problems({ uri }: vscode.TextDocument, count: number): Promise<vscode.Diagnostic[]> {
  const own = (): vscode.Diagnostic[] =>
    vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'EpochLens');
  await until(`EpochLens finds ${count}`, () => own().length === count);
  return own();
}

let opened = 0;

/** Whoever checks study files has looked at those that are open: at two more, which were opened later, as well. */
async function allLookedAt(): Promise<void> {
  const ours = await open(`later-${String(opened++)}`, { explain: { checkpoints: [999] } });
  await problems(ours, 1);
  const theirs = await open(`later-${String(opened++)}`, { training: { epochs: 'many' } });
  await until('the JSON schema is checked', () => vscode.languages.getDiagnostics(theirs.uri).length > 0);
}

/** Once there are any: the editor hears of a problem a moment after the extension has told it. */
async function fixes({ uri }: vscode.TextDocument, range: vscode.Range): Promise<vscode.CodeAction[]> {
  let edits: vscode.CodeAction[] = [];
  await until('there is a fix', async () => {
    const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      range,
    );
    edits = found.filter(({ edit }) => edit !== undefined);
    return edits.length > 0;
  });
  return edits;
}

test('a missing data folder is warned of, and can be done without', async () => {
  const document = await open('no-data', { dataset: { kind: 'cifar10', folder: 'nowhere' } });
  const [problem] = await problems(document, 1);
  assert.match(problem?.message ?? '', /There is no folder .*nowhere\. .*download CIFAR-10/);
  const fix = (await fixes(document, problem!.range)).find(({ title }) => title.startsWith('Use synthetic images'));
  assert.ok(fix?.edit);
  await vscode.workspace.applyEdit(fix.edit);
  assert.match(document.getText(), /"kind": "synthetic"/);
  assert.deepEqual(await problems(document, 0), []);
});

test('checkpoints after the last epoch and images that are not there are errors', async () => {
  const document = await open('beyond', {
    dataset: { kind: 'synthetic', testCount: 20 },
    training: { epochs: 2 },
    explain: { checkpoints: [0, 2, 5], images: { test: [3, 99] } },
  });
  const found = await problems(document, 2);
  assert.match(found[0]?.message ?? '', /Training ends before this epoch/);
  assert.match(found[1]?.message ?? '', /There is no test image 99: expected an index from 0 to 19/);
  const [first] = await fixes(document, found[0]!.range);
  assert.equal(first?.title, 'Leave out what is after epoch 2');
});

test('what the JSON schema says is not said twice', async () => {
  const document = await open('schema', { training: { epochs: 'many' } });
  await allLookedAt();
  assert.equal(vscode.languages.getDiagnostics(document.uri).length, 1);
});

test('a misspelt field has a quick fix', async () => {
  const document = await open('misspelt', { training: { epocs: 3 } });
  const at = document.positionAt(document.getText().indexOf('epocs') + 1);
  const [fix] = await fixes(document, new vscode.Range(at, at));
  assert.equal(fix?.title, 'Replace by "epochs"');
});

test('layers are completed by name', async () => {
  const document = await open('layers', { model: { architecture: 'resnet20' }, explain: { layer: 'auto' } });
  const at = document.positionAt(document.getText().indexOf('auto') + 1);
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    at,
  );
  assert.ok(items.some(({ label }) => label === '"layer3.2"'));
});

async function hoverText(document: vscode.TextDocument, field: string): Promise<string> {
  const at = document.positionAt(document.getText().indexOf(`"${field}"`) + 1);
  let text = '';
  await until(`a hover over ${field} says something`, async () => {
    const { uri } = document;
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, at);
    text = hovers.flatMap(({ contents }) => contents.map((each) => (each as vscode.MarkdownString).value)).join('\n');
    return text !== '';
  });
  return text;
}

async function labelsAt(document: vscode.TextDocument, offset: number): Promise<string[]> {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    document.positionAt(offset),
  );
  return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

test('a hover tells default and range, of perturbations too', async () => {
  const document = await open('hover', {
    training: { learningRate: 0.1, microBatchSize: 32 },
    perturbations: [{ kind: 'rotation', degrees: [-10, 10] }],
  });
  assert.match(await hoverText(document, 'learningRate'), /A number from 0 to 100\.\s+Default: 0\.01\./);
  assert.match(await hoverText(document, 'microBatchSize'), /Default: as many as fit the free memory\./);
  assert.match(await hoverText(document, 'degrees'), /each a number from -180 to 180\.\s+Default: \\?\[-30,30\\?\]\./);
});

test('entries of perturbations, methods, architectures and layers are completed, also in what is half written', async () => {
  const file = join(FOLDER(), 'half.epochlens.json');
  const texts = [
    ['{ "perturbations": [ | ] }', ['gaussianNoise', 'rotation', 'corruption']],
    ['{ "perturbations": [{ "kind": "|" }] }', ['"gaussianNoise"', '"corruption"']],
    ['{ "perturbations": [{ "kind": "rotation", "|" }] }', ['degrees', 'expect']],
    ['{ "perturbations": [{ "kind": "corruption", "name": "|" }] }', ['"glass_blur"', '"fog"']],
    ['{ "explain": { "method": "|" } }', ['"layercam"']],
    ['{ "model": { "architecture": "|" } }', ['"vgg11_bn_cifar"']],
    [
      '{ "model": { "architecture": "resnet20" }, "explain": { "layer": | ',
      ['"layer3.2"', '"mean(layer2.2, layer3.2)"'],
    ],
  ] as const;
  for (const [text, expected] of texts) {
    writeFileSync(file, text.replace('|', ''));
    const document = await vscode.workspace.openTextDocument(file);
    await until(`${text} is read`, () => document.getText() === text.replace('|', ''));
    const wanted = expected.filter((label) => label !== '"fog"');
    await until(`${text} is completed by ${wanted.join(', ')}`, async () => {
      const labels = await labelsAt(document, text.indexOf('|'));
      return wanted.every((label) => labels.includes(label)) && !labels.includes('"fog"');
    });
  }
});

test('an unlikely value is remarked on, and keeps nobody from training', async () => {
  const document = await open('unlikely', { training: { learningRate: 50, epochs: 0 } });
  const found = await problems(document, 2);
  const { Warning, Information } = vscode.DiagnosticSeverity;
  assert.deepEqual(new Set(found.map(({ severity }) => severity)), new Set([Warning, Information]));
  assert.ok(
    found.some(({ message }) => /found 50, expected 0\.001 to 0\.5 as a rule\. Such large steps/.test(message)),
  );
});

test('data is checked beside the schema', async () => {
  const document = await open('both', {
    dataset: { kind: 'synthetic', testCount: 20 },
    training: { epocs: 3 },
    explain: { images: { test: [99] } },
  });
  await until('both are found', () => {
    const messages = vscode.languages.getDiagnostics(document.uri).map(({ message }) => message);
    return messages.some((each) => /epocs/.test(each)) && messages.some((each) => /no test image 99/.test(each));
  });
});

test('Create Study writes a study that has no problem', async () => {
  const uri = await vscode.commands.executeCommand<vscode.Uri>('epochlens.createStudy', 'fresh');
  const document = await vscode.workspace.openTextDocument(uri);
  assert.equal(document.languageId, 'jsonc');
  await allLookedAt();
  assert.deepEqual(vscode.languages.getDiagnostics(uri), []);
});
