/** One's own network and pictures: an ONNX file is imported by clicks, with a folder of pictures, and looked at. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRandom } from '../../../../src/common/random';
import { encodePng } from '../../../../src/imaging';
import { smallOnnx } from '../../../onnx/small';
import { suite } from '../../harness/driven';
import { assertLooks, openLayers } from '../../harness/panels';
import { ROOT } from '../../harness/paths';
import { EMBEDDED_ENGINE } from '../../harness/studies';

const CLASSES = ['größer Hund', "it's 100% #1", '猫'];
const EACH = 12;

/** Pictures of many sizes under odd names, two of which are broken, beside a network for them and a study that skips these. */
const prepare = async (folder: string): Promise<void> => {
  const random = createRandom('pictures of a window');
  const pictures = join(folder, 'meine Bilder');
  for (const [label, name] of CLASSES.entries()) {
    await mkdir(join(pictures, name), { recursive: true });
    for (let at = 0; at < EACH; at++) {
      const [height, width] = [20 + random.integer(60), 20 + random.integer(60)];
      const pixels = Uint8Array.from({ length: height * width * 3 }, () => random.integer(128) + 60 * label);
      await writeFile(join(pictures, name, `Bild ${at} (ß) #${at}.png`), encodePng({ height, width, pixels }));
    }
    await copyFile(
      join(ROOT, 'test', 'fixtures', 'imageFolder', 'turned.JPG'),
      join(pictures, name, 'turned & more.JPG'),
    );
  }
  await writeFile(join(pictures, '猫', 'kein Bild.jpg'), 'no picture');
  await writeFile(join(pictures, 'größer Hund', 'cut?.png'), new Uint8Array([0x89, 0x50, 0x4e, 0x47]));
  await writeFile(join(folder, 'three.onnx'), smallOnnx({ classes: CLASSES.length, size: 48 }));
  const dataset = { kind: 'folder', folder: 'meine Bilder', testFraction: 1, broken: 'skip' };
  const study = {
    name: 'pictures',
    dataset,
    model: { weights: 'three.onnx' },
    explain: { images: { test: [0, 1, 2] } },
  };
  await writeFile(join(folder, 'pictures.epochlens.json'), JSON.stringify(study, null, 2));
};

const options = { prepare, settings: EMBEDDED_ENGINE, size: { width: 1500, height: 950 } };

suite('one’s own network and pictures', options, (test) => {
  test('an ONNX file is imported by a right click, and broken pictures are named', async (workbench) => {
    const { views, quickInput, notifications, folder, screenshot } = workbench;
    // A menu that opens before the extension is there lacks its entries.
    await views.open('EpochLens');
    await views
      .tree()
      .item(/pictures/)
      .waitFor();
    await views.open('Explorer');
    await views.explorer().menu('three.onnx', 'EpochLens > Import Checkpoints…');
    await quickInput.choose('A folder of pictures…');
    await quickInput.chooseFolder(join(folder, 'meine Bilder'));
    await quickInput.choose('ImageNet');
    await notifications.waitFor(/2 pictures cannot be used: .*größer Hund\/cut\?\.png .*猫\/kein Bild\.jpg/);
    await screenshot('own-broken');
    await notifications.clear();
  });

  test('by the command it goes into the study that leaves them out, and a layer is chosen on the map', async (workbench) => {
    const { runCommand, quickInput, notifications, folder, webviews, screenshot } = workbench;
    await runCommand('EpochLens: Import Checkpoints…');
    await quickInput.choose('Files…');
    await quickInput.chooseFile(join(folder, 'three.onnx'));
    await quickInput.choose('Those of pictures');
    await notifications.waitFor(/1 checkpoint of .* imported\./);
    await notifications.press(/1 checkpoint of .* imported\./, 'Open Heatmaps');
    const frame = await webviews.open(/^Heatmaps: pictures/);
    const filled = frame.locator('[role="gridcell"] .confidence').filter({ hasText: '%' });
    await filled.nth(2).waitFor();
    await frame.locator('vscode-button[aria-label="Appearance"]').click();
    const layers = await openLayers(frame);
    await screenshot('own-layers');
    await layers.locator('.network-map [role="button"]').first().click();
    await frame.locator('.look vscode-button', { hasText: '24×24' }).waitFor();
    await filled.nth(2).waitFor();
    await screenshot('own-heatmaps');
  });

  test('the gallery shows the pictures by their folders’ names', async (workbench) => {
    const { runCommand, webviews } = workbench;
    await workbench.editors.closeAll();
    await runCommand('View: Close Primary Side Bar');
    await runCommand('EpochLens: Choose Study Images');
    const frame = await webviews.open('Gallery: pictures');
    await frame
      .locator('.count')
      .filter({ hasText: `${CLASSES.length * (EACH + 1)} images` })
      .waitFor();
    await frame.getByRole('listbox').press('End');
    await frame
      .locator('#focused-image')
      .filter({ hasText: /^test:38, 猫/ })
      .waitFor();
    await assertLooks(workbench, frame, { name: 'own-gallery', narrow: [400, 800] });
  });
});
