// A server that was restored from a backup has forgotten what it had acknowledged. The browsers have not.
import { join } from 'node:path';
import { until } from './checks.mjs';

const subject = 'Filed after the backup';

export const tests = {
  'after a restore the browser sends again what the backup does not know, once': async ({ open, server, same }) => {
    const tab = await open();
    tab.expect_problem(/ERR_|answer 401|status of 401|502|503/);
    await tab.sign_in('owner', '/tickets');
    const backup = join(server.data, 'backup.db');
    await server.command('backup', '--to', backup);
    await tab.file_ticket(subject, 'Nothing prints.');
    const count = () => server.value(`SELECT COUNT(*) FROM ticket WHERE subject = '${subject}'`);
    await until(async () => await count() === 1, 'the ticket on the server');
    const number = await server.value(`SELECT number FROM ticket WHERE subject = '${subject}'`);
    await tab.text(`#${number}`).first().waitFor();

    await server.stop();
    await server.command('restore', '--from', backup);
    same(await count(), 0, 'tickets that the backup does not know');
    await server.start();
    await tab.role('heading', /signed out/i).waitFor();
    await tab.sign_in('owner', '/tickets');
    await until(async () => await count() === 1, 'the ticket on the restored server');
    await tab.role('link', new RegExp(subject)).first().waitFor();
    await tab.page.reload();
    await tab.ready();
    same([await count(), await tab.role('link', new RegExp(subject)).count()], [1, 1], 'the ticket on the server and on the screen');
  },
};
