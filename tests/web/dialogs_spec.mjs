// What lies over a screen: it is drawn inside of the frame, or the page complains of it (app/platform/window_web.cpp).
export const tests = {
  'signing out with an edit that waits asks first; keys and commands lie over the screen, too': async ({ open, server, check }) => {
    const tab = await open();
    await tab.sign_in('owner', '/sync');
    await tab.role('button', 'Go offline').click();
    await tab.settle();
    await tab.file_ticket('A pending one', 'It waits.');
    await tab.show('/profile');
    await tab.role('button', 'Sign out', { exact: true }).click();
    const dialog = tab.role('dialog', /^1 edit has not been sent/);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    check(await server.value("SELECT count(*) FROM ticket WHERE subject = 'A pending one'") === 0, 'the edit still waits');
    await tab.page.keyboard.press('?');
    await tab.role('dialog', /shortcuts/i).waitFor();
    await tab.settle();
    await tab.page.keyboard.press('Escape');
    await tab.page.keyboard.press('Control+k');
    await tab.role('dialog', /^Search and commands/).waitFor();
    await tab.settle();
  },
};
