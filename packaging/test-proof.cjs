// What packaging/test-proof.sh does in the browser: node test-proof.cjs BROWSER FOLDER-OF-PAGES FOLDER-FOR-PICTURES
'use strict';
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { chromium } = require('playwright-core');

const [executablePath, folder, pictures] = process.argv.slice(2);
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const desktop = { width: 1440, height: 1000 };
const phone = { width: 375, height: 812 };

async function main() {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const open = async (name, options = {}) => {
    const context = await browser.newContext({ viewport: desktop, ...options });
    const page = await context.newPage();
    const url = pathToFileURL(path.join(folder, `${name}.html`)).href;
    page.on('request', (request) => assert.ok(request.url().startsWith(url), `${name} asks for ${request.url()}`));
    page.on('dialog', () => assert.fail(`${name} runs a script`));
    page.on('console', (message) => assert.fail(`${name}: ${message.text()}`));
    page.on('pageerror', (error) => assert.fail(`${name}: ${error}`));
    await page.goto(url);
    return page;
  };
  const picture = (page, name, fullPage = false) => page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage });
  const visible = (page, selector) =>
    page.$$eval(selector, (all) => all.filter((e) => e.getClientRects().length > 0).map((e) => e.className));
  const step = (name) => console.log(`ok ${name}`);

  for (const name of ['faulty', 'correct', 'hostile', 'fr', 'ar', 'zh', 'check', 'facts']) {
    for (const [size, viewport] of Object.entries({ desktop, phone })) {
      for (const colorScheme of ['light', 'dark']) {
        const page = await open(name, { viewport, colorScheme });
        const [wide, room] = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
        assert.ok(wide <= room, `${name} is ${wide} wide on a ${size} of ${room}`);
        await picture(page, `${name}-${size}-${colorScheme}`, size === 'phone' && !['faulty', 'correct'].includes(name));
        // The large pages are made of the same parts as the small ones.
        if (!['faulty', 'correct'].includes(name)) {
          await page.evaluate(axe);
          const { violations } = await page.evaluate(() => axe.run({ resultTypes: ['violations'] }));
          const told = violations.map((v) => `${v.impact} ${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.html} ${n.failureSummary}`).join('\n  ')}`);
          assert.deepEqual(told, [], `${name} on a ${size}, ${colorScheme}`);
        }
        await page.context().close();
      }
    }
    step(`${name}: loads and runs nothing, fits, is accessible`);
  }

  const page = await open('fr');
  const tops = await page.$$eval('tr.row', (rows) =>
    rows.map((row) => [...row.querySelectorAll('td.text')].map((cell) => Math.round(cell.getBoundingClientRect().top))));
  assert.ok(tops.length > 10 && tops.every(([a, b]) => a === b), 'both texts of a row begin at one height');
  const count = (await page.$$('.note')).length;
  assert.ok(count > 3, 'there are findings');
  step('rows stand beside each other');

  // A choice of one kind leaves its rows, its findings and its tints.
  await page.check('#k-date');
  for (const row of await visible(page, 'tr.row')) assert.match(row, /\bk-date\b/);
  for (const note of await visible(page, '.note')) assert.match(note, /\bof-date\b/);
  const tint = (selector) => page.$eval(selector, (e) => getComputedStyle(e).backgroundColor);
  assert.notEqual(await tint('tr.k-date .m.date'), 'rgba(0, 0, 0, 0)');
  assert.equal(await tint('tr.k-date .m.organisation'), 'rgba(0, 0, 0, 0)');
  await page.check('#k-all');
  await page.check('#only');
  const noted = await visible(page, 'tr.row');
  assert.ok(noted.length > 0 && noted.every((row) => /\bnoted\b/.test(row)), 'only rows with findings');
  await page.uncheck('#only');
  // By keyboard: from the choice of all to the next kind, with an arrow.
  await page.focus('#k-all');
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.$eval('input[name=kind]:checked', (e) => e.id), 'k-passage');
  await page.keyboard.press('ArrowLeft');
  step('filters');

  // From finding to finding: by the link, by the access key, and back from the words.
  const at = () => page.evaluate(() => location.hash);
  await page.click('text=To the first finding');
  assert.equal(await at(), '#n1-1');
  // Every Enter goes one further, for the link there has the focus.
  for (let there = 2; there < count; there += 1) {
    await page.keyboard.press('Enter');
    assert.equal(await at(), `#n1-${there}`, 'Enter goes to the next finding');
  }
  await page.click('text=To the first finding');
  // From there the keyboard goes from finding to finding; other links may lie between.
  const focused = () => page.evaluate(() => document.activeElement.closest('.note')?.id ?? '');
  const visit = async (key) => {
    const seen = [];
    for (let presses = 0; presses < 3 * count + 20 && seen.length < count; presses += 1) {
      await page.keyboard.press(key);
      const id = await focused();
      if (id) seen.push(id);
    }
    return seen;
  };
  // The focus is on the first already.
  await page.focus('nav.tools input:checked');
  const all = Array.from({ length: count }, (_, at) => `f1-${at + 1}`);
  assert.deepEqual(await visit('Tab'), all, 'Tab goes through the findings');
  assert.deepEqual((await visit('Shift+Tab')).slice(0, count - 1), all.slice(0, -1).reverse(), 'and Shift and Tab back');
  await page.focus('#f1-4 a.no');
  await page.keyboard.press('Enter');
  assert.match(await at(), /^#[mr]1-4$/, 'Enter leads to the words');
  await page.click('#f1-2 .steps a[rel=next]');
  assert.equal(await at(), '#n1-3');
  await page.click('#f1-3 a.no');
  assert.equal(await at(), '#m1-3');
  const inView = await page.$eval('#m1-3', (e) => { const box = e.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; });
  assert.ok(inView, 'the words of a finding are in view');
  await picture(page, 'fr-words');
  step('steps from finding to finding');

  const arabic = await open('ar');
  const runs = await arabic.$$eval('td[dir=rtl]', (cells) => cells.map((cell) => {
    const words = cell.querySelector('p:not(.field)');
    const range = document.createRange();
    const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
    let text = walker.nextNode();
    while (text && !/\p{Script=Arabic}/u.test(text.data)) text = walker.nextNode();
    const first = text.data.search(/\p{Script=Arabic}/u);
    range.setStart(text, first);
    range.setEnd(text, first + 1);
    const [box, around] = [range.getBoundingClientRect(), words.getBoundingClientRect()];
    return [getComputedStyle(cell).direction, around.right - box.right < around.width / 2];
  }));
  assert.ok(runs.length > 10 && runs.every(([direction, right]) => direction === 'rtl' && right), 'Arabic begins on the right');
  step('right to left');

  for (const name of ['fr', 'ar', 'zh', 'facts', 'check']) {
    const printed = await open(name);
    await printed.pdf({ path: path.join(pictures, `${name}.pdf`), format: 'A4' });
  }
  step('prints');
  await browser.close();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
