// Presenting is handed over to a follower and taken back: three browsers, and the guest sees no gap.
import { until } from './checks.mjs';
import { asked, guest_of, presenting } from './share_live.mjs';

const is_at = (tab, part) => until(async () => (await tab.page.url()).includes(part), `the page is at ${part}`);

async function handed(open, server) {
  const { owner, made } = await presenting(open, server);
  const guest = await guest_of(open, server, made.link);
  await guest.text(/^Following Otto Alder/).waitFor();
  const lead = await open();
  await lead.sign_in('lead');
  await lead.page.goto(server.base + made.link);
  await lead.text(/^Following Otto Alder$/).first().waitFor();
  await until(async () => {
    if (await owner.text('Lea Quist, signed in').count() > 0) return true;
    if (await owner.text('Who is here').count() === 0) await owner.role('button', /following$/).first().click();
    return false;
  }, 'the presenter sees the lead', 45_000, 1_000);
  await owner.role('button', 'Hand over').first().click();
  await owner.text(/^Those who follow then see what Lea Quist looks at/).waitFor();
  return { owner, guest, lead, made };
}

export const tests = {
  'presenting goes to a follower, who is told; the former presenter follows and takes it back': async ({ open, server, same }) => {
    const { owner, guest, lead } = await handed(open, server);
    // A state that was told as another began to present comes too late.
    for (const tab of [owner, lead]) tab.expect_problem(/40[49].*\/show/);
    same(await owner.axe(), [], 'accessibility of the question');
    const tile = guest.role('button', /^Net financed volume/).first();
    await tile.waitFor();
    await owner.role('button', 'Hand over').last().click();
    await lead.text('You present now').first().waitFor();
    await guest.text(/^Following Lea Quist/).waitFor();
    await owner.text(/^Following Lea Quist$/).first().waitFor();
    await lead.show('/financing');
    await guest.role('button', /^Approval rate/).first().waitFor();
    await is_at(owner, '/financing');
    await owner.show('/tickets');
    await owner.text('You look around, Lea Quist goes on').first().waitFor();
    await owner.role('button', 'Present again').click();
    await owner.role('button', 'Stop sharing', { exact: true }).waitFor();
    await guest.text(/looking at something that is not shared/).waitFor();
    await lead.text('Otto Alder is looking at something that you do not see').first().waitFor();
    await owner.show('/');
    await guest.text(/^Following Otto Alder/).waitFor();
    await is_at(lead, `${server.base}/`);
    same(await lead.axe(), [], 'accessibility of the follower');
  },

  'whom it is handed to may be gone: the presenter is told, and presents still; who presents may end it': async ({ open, server }) => {
    const { owner, guest, lead, made } = await handed(open, server);
    await lead.close();
    owner.expect_problem(/412/);
    const is_here = async () => (await asked(owner, 'GET', '/api/v1/shares')).json.shares.find((one) => one.id === made.id).people?.some((one) => one.user);
    await until(async () => !await is_here(), 'the server has missed them');
    await owner.role('button', 'Hand over').last().click();
    await owner.text(/^The server refused: they do not follow/).waitFor();
    await owner.role('button', 'Cancel').click();
    await owner.role('button', 'Stop sharing', { exact: true }).click();
    await owner.role('button', 'Stop sharing now').click();
    await guest.role('heading', 'This shared view has ended').waitFor();
  },
};
