// An integration goes live before the audience: on the ordinary screen, by the demo's own server, and back again.
import { until } from './checks.mjs';

const last_step = '/demo?as=auditor#/pitch/dental/99';

async function show_go_live(tab, server) {
  await tab.page.goto(`${server.base}${last_step}`);
  await tab.role('heading', / at /).first().waitFor();
  await tab.text('At its kick-off. Start it').waitFor();
}

// The sentences of the strip, each once, as a screen reader hears them.
const remember_sentences = () => {
  globalThis.told = [];
  const look = () => {
    const words = document.querySelector('#mirror [role="status"]')?.textContent.trim();
    if (words && globalThis.told.at(-1) !== words) globalThis.told.push(words);
  };
  look();
  new MutationObserver(look).observe(document.querySelector('#mirror'), { subtree: true, childList: true, characterData: true });
};

export const tests = {
  'it runs from the kick-off to live, seen on the ordinary screen, and is told': async ({ open, server, check, same }) => {
    const tab = await open();
    await show_go_live(tab, server);
    const expected = tab.text(/^Go-live expected /);
    await expected.first().waitFor();
    await tab.page.evaluate(remember_sentences);
    await tab.page.keyboard.press('f');
    await tab.page.keyboard.press('p');
    await tab.text(/^Blocked: The test merchant number/).first().waitFor();
    await tab.text(/^Refunds are posted twice in the certification run$/).first().waitFor();
    await tab.text(/^Pilot, since /).first().waitFor();
    await tab.text('Live, days before its forecast').waitFor();
    await tab.text(/^Live, since /).first().waitFor();
    await tab.text(/^Went live 12 days before its 80% forecast$/).first().waitFor();
    await tab.role('img', /^Health 9\d of 100: /).waitFor();
    const told = await tab.page.evaluate(() => globalThis.told);
    const wanted = ['Sandbox', 'Build', 'Blocked', 'The blocker is cleared', 'Certification', 'Run 1 fails', 'Run again', 'Pilot:', 'Pilot, day 6', "The pilot's gate", 'Live'];
    same(wanted.filter((words) => !told.some((sentence) => sentence.startsWith(words))), [], `what was not told: ${told}`);
    check(await tab.page.locator('#mirror [aria-busy="true"]').count() === 0, 'nothing is on its way');
    // The way back takes all of it back.
    await tab.role('button', 'Back to the kick-off').click();
    await tab.text(/^Kickoff, since /).first().waitFor();
    await until(async () => await tab.text(/^Refunds are posted twice/).count() === 0, 'what was told is taken back');
    await expected.first().waitFor();
  },

  'it pauses, and a step that is left stops it': async ({ open, server, check }) => {
    const tab = await open({ viewport: { width: 390, height: 844 }, colorScheme: 'dark', locale: 'es-MX' });
    await tab.page.goto(`${server.base}${last_step}`);
    await tab.text('En su inicio. Póngala en marcha').waitFor();
    await tab.role('button', 'Iniciar').click();
    await tab.text('Entorno de pruebas: el proveedor tiene sus claves').waitFor();
    await tab.role('button', 'Pausar').click();
    const bar = tab.role('progressbar', /^Segundo \d+ de 60$/);
    const second = await bar.getAttribute('aria-label');
    await tab.page.waitForTimeout(1500);
    await tab.settle();
    check(await bar.getAttribute('aria-label') === second, 'it stands still');
    await tab.role('button', 'Iniciar').click();
    await tab.page.keyboard.press('ArrowLeft');
    await tab.page.waitForFunction(() => location.hash.endsWith('/6'));
    await tab.page.keyboard.press('ArrowRight');
    await tab.role('button', 'Iniciar').waitFor();
    await tab.role('button', 'Volver al inicio').click();
    await tab.text('En su inicio. Póngala en marcha').waitFor();
  },
};
