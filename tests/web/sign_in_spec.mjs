// The sign-in page of a demo: its accounts, a story's account offered first, and everything in sight.
export const tenant = 'demo';

const accounts = (tab) => tab.page.locator('#accounts').getByRole('button');

export const tests = {
  'a story of another account leads to that account and on to its screen': async ({ open, check }) => {
    const tab = await open();
    await tab.sign_in('Front desk');
    const story = tab.role('link', /Account manager/).first();
    const route = await story.getAttribute('href');
    await story.click();
    await tab.page.waitForURL(/\/sign-in\?account=account_manager&next=/);
    await tab.page.getByText('The story you chose begins with the first of these.').waitFor();
    check(/^Account manager/.test(await accounts(tab).first().innerText()), 'the account is offered first');
    await tab.page.waitForFunction(() => document.activeElement === document.querySelector('#accounts button'));
    await tab.page.keyboard.press('Enter');
    await tab.page.waitForURL((url) => url.pathname + url.search === route);
    const session = await tab.page.evaluate(() => fetch('/api/v1/session').then((answer) => answer.text()));
    check(session.includes('Priya Raman'), `signed in as ${session}`);
  },

  'an account that nobody knows changes nothing, and what is typed keeps the focus': async ({ open, server, check }) => {
    const tab = await open();
    await tab.page.goto(`${server.base}/sign-in?account=nobody`);
    await accounts(tab).first().waitFor();
    check(/^Front desk/.test(await accounts(tab).first().innerText()), 'the usual order');
    check(await tab.page.evaluate(() => document.activeElement.id) === 'email', 'the first field has the focus');
    // The answer about the accounts comes while somebody types.
    let answer;
    const asked = new Promise((done) => { answer = done; });
    await tab.page.route('**/api/v1/demo-accounts', async (route) => {
      await asked;
      await route.continue();
    });
    await tab.page.goto(`${server.base}/sign-in?account=support_agent`);
    await tab.page.keyboard.type('ana');
    answer();
    await accounts(tab).first().waitFor();
    await tab.page.keyboard.type('.diaz');
    check(await tab.page.getByLabel('E-mail').inputValue() === 'ana.diaz', 'the typing went on');
  },

  'the foot is in sight on a laptop, and nothing is cut on a phone': async ({ open, server, check }) => {
    for (const [width, height] of [[1280, 800], [390, 844]]) {
      for (const colorScheme of ['light', 'dark']) {
        const tab = await open({ viewport: { width, height }, colorScheme });
        await tab.page.goto(`${server.base}/sign-in`);
        await accounts(tab).first().waitFor();
        await tab.page.screenshot({ path: `build/screens/sign-in-${width}-${colorScheme}.png`, fullPage: width < 500 });
        const [foot, wide] = await tab.page.evaluate(() => [document.querySelector('.foot').getBoundingClientRect().bottom, document.documentElement.scrollWidth]);
        check(wide <= width, `at ${width} the page is ${wide} wide`);
        if (width > 500) check(foot <= height, `the foot ends at ${foot} of ${height}`);
      }
    }
  },
};
