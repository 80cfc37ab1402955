// The same things by keyboard alone and by a real pointer on what the canvas shows.
const path_of = (tab) => new URL(tab.page.url()).pathname;

async function at(tab, path) {
  await tab.page.waitForURL((url) => (path instanceof RegExp ? path.test(url.pathname) : url.pathname === path));
}

async function press(tab, ...keys) {
  for (const key of keys) await tab.page.keyboard.press(key, { delay: 20 });
}

const focused = (tab) => tab.page.evaluate(() => {
  const element = document.activeElement;
  return `${element.getAttribute('role') ?? element.tagName.toLowerCase()}:${element.getAttribute('aria-label') ?? element.textContent}`;
});

// Tab until the thing has the focus; what was passed is told when it never does.
async function tab_to(tab, wanted, key = 'Tab') {
  const passed = [];
  for (let step = 0; step < 60; step++) {
    await press(tab, key);
    await tab.page.waitForTimeout(60);
    passed.push(await focused(tab));
    if (wanted.test(passed.at(-1))) return;
  }
  throw new Error(`Tab never reached ${wanted}; passed: ${[...new Set(passed)].join(' | ')}`);
}

export const tests = {
  'shortcuts lead to every screen, and the palette finds one by name': async ({ open }) => {
    const tab = await open();
    await tab.sign_in('owner');
    for (const [keys, path] of [['f', '/financing'], ['t', '/tickets'], ['i', '/integrations'], ['o', '/']]) {
      await press(tab, 'g', keys);
      await at(tab, path);
    }
    await press(tab, 'Control+k');
    await tab.role('dialog', 'Search and commands').waitFor();
    await tab.page.keyboard.type('sync', { delay: 30 });
    await press(tab, 'Enter');
    await at(tab, '/sync');
    await press(tab, '?');
    await tab.role('dialog', /shortcuts/i).waitFor();
    await press(tab, 'Escape');
    await tab.role('dialog', /shortcuts/i).waitFor({ state: 'detached' });
  },

  // Assistive software does both at once; no frame is drawn in between.
  'a key belongs to what was focused right before it': async ({ open, check }) => {
    const tab = await open();
    await tab.sign_in('owner');
    await press(tab, 'g', 't');
    await at(tab, '/tickets');
    const file = tab.role('button', 'File ticket');
    await file.waitFor();
    await press(tab, 'Tab');
    check(!/File ticket/.test(await focused(tab)), 'something else has the focus');
    await file.evaluate((element) => {
      element.focus();
      for (const type of ['keydown', 'keyup'])
        element.dispatchEvent(new KeyboardEvent(type, { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true }));
    });
    await at(tab, '/tickets/new');
  },

  'a ticket from sign-in to filed by keyboard alone': async ({ open, server, check }) => {
    const tab = await open();
    await tab.page.goto(`${server.base}/sign-in`);
    // The first field has the focus without any key.
    await tab.page.waitForFunction(() => document.activeElement?.id === 'email');
    await tab.page.keyboard.type('otto.alder@practice-a.example');
    await press(tab, 'Tab');
    await tab.page.keyboard.type('four words in a row');
    await press(tab, 'Enter');
    await tab.ready();
    await tab_to(tab, /^a:Tickets/);
    await press(tab, 'Enter');
    await at(tab, '/tickets');
    await tab_to(tab, /^button:File ticket/);
    await press(tab, 'Enter');
    await at(tab, '/tickets/new');
    await tab_to(tab, /^input:Subject/);
    await tab.page.keyboard.type('Keyed in by hand', { delay: 15 });
    await tab_to(tab, /^textarea:What happened/);
    await tab.page.keyboard.type('All keys work, says the café.', { delay: 15 });
    await tab_to(tab, /^button:File ticket/);
    await press(tab, 'Enter');
    await tab.role('heading', 'Keyed in by hand').waitFor();
    await tab.text('All keys work, says the café.').first().waitFor();
    check(/^\/tickets\/\w{26}$/.test(path_of(tab)), `at the ticket: ${path_of(tab)}`);
  },

  'the same ticket by a real pointer on the canvas': async ({ open, check }) => {
    const tab = await open();
    await tab.sign_in('owner');
    await tab.point_at(tab.role('link', 'Tickets'));
    await at(tab, '/tickets');
    await tab.point_at(tab.role('button', 'File ticket'));
    await at(tab, '/tickets/new');
    await tab.point_at(tab.role('textbox', 'Subject'));
    await tab.page.keyboard.type('Pointed at by hand', { delay: 15 });
    await tab.point_at(tab.role('textbox', 'What happened?'));
    await tab.page.keyboard.type('Every rectangle is where it is drawn.', { delay: 15 });
    await tab.point_at(tab.role('combobox', 'Priority'));
    await tab.point_at(tab.role('option', 'High'));
    await tab.point_at(tab.role('button', 'File ticket').last());
    await tab.role('heading', 'Pointed at by hand').waitFor();
    check(/^\/tickets\/\w{26}$/.test(path_of(tab)), `at the ticket: ${path_of(tab)}`);
    await tab.text('High').first().waitFor();
  },

  'from the failing check to a filled-in ticket in two clicks': async ({ open }) => {
    const tab = await open();
    await tab.sign_in('front_desk');
    await tab.role('region', /^Ledger match broke/).getByRole('button', { name: 'File ticket' }).click();
    await at(tab, '/tickets/new');
    await tab.page.waitForFunction(() => /Ledger match broke/.test(document.querySelector('#mirror input[aria-label="Subject"]')?.value ?? ''));
    await tab.role('button', 'File ticket').last().click();
    await tab.role('heading', /^Ledger match broke/).waitFor();
  },
};
