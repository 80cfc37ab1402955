// Guests go along with their presenter, look away and come back; what is not shared is not told.
import { with_clipboard } from './checks.mjs';

export const tests = {
  'route and pointer follow the presenter; a guest looks away and resumes; what is not shared stays untold': async ({ open }) => {
    const owner = await open();
    await owner.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await owner.sign_in('owner', '/financing');
    await owner.role('button', 'Share', { exact: true }).click();
    await owner.role('checkbox', 'Overview').click();
    await owner.text(/^Integrations; single applications/).waitFor();
    const link = await with_clipboard(async () => {
      await owner.role('button', 'Copy link').click();
      await owner.role('button', 'Copy again').waitFor();
      return owner.page.evaluate(() => navigator.clipboard.readText());
    });
    await owner.page.keyboard.press('Escape');

    const guest = await open();
    await guest.page.goto(link);
    await guest.text(/^Following Otto Alder/).waitFor();
    await guest.role('button', /^Approval rate/).waitFor();
    const tile = await owner.role('button', /^Approval rate/).first().boundingBox();
    await owner.page.mouse.move(tile.x + 20, tile.y + 20);
    await guest.text('Following Otto Alder, who points at: Approval rate').waitFor();
    await owner.show('/');
    await guest.role('table', 'Integrations').waitFor();
    await owner.show('/tickets');
    await guest.text('The presenter is looking at something that is not shared.').waitFor();
    await owner.show('/financing');
    await guest.role('button', /^Approval rate/).waitFor();

    await guest.role('tab', 'Overview').click();
    await guest.text(/^You look around by yourself/).first().waitFor();
    await guest.role('button', 'Resume following').click();
    await guest.role('button', /^Approval rate/).waitFor();
    await guest.text(/^Following Otto Alder/).waitFor();
  },
};
