// What each single frame costs the page's main thread: processor time of the task that draws it, its input, style, layout
// and painting included, from the browser's own trace.
const frame_event = 'FireAnimationFrame';
const task_event = 'ThreadControllerImpl::RunTask';

const by_thread = (event) => `${event.pid} ${event.tid}`;

// Milliseconds of every frame that the page drew during the work, cheapest first.
export async function frame_costs(context, page, work) {
  const debug = await context.newCDPSession(page);
  const events = [];
  debug.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  await debug.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { excludedCategories: ['*'], includedCategories: ['toplevel', 'devtools.timeline'] } });
  await work();
  const complete = new Promise((done) => debug.once('Tracing.tracingComplete', done));
  await debug.send('Tracing.end');
  await complete;
  await debug.detach();
  return costs_of(events);
}

function costs_of(events) {
  const frames = events.filter(({ name }) => name === frame_event);
  const starts = frames.map(({ ts }) => ts).sort((left, right) => left - right);
  const threads = new Set(frames.map(by_thread));
  if (threads.size !== 1) throw new Error(`frames of ${threads.size} threads`);
  const draws = ({ ts, dur }) => {
    const next = starts.find((start) => start >= ts);
    return next !== undefined && next < ts + dur;
  };
  const tasks = events.filter((event) => event.name === task_event && event.tdur !== undefined && threads.has(by_thread(event)) && draws(event));
  if (tasks.length < frames.length / 2) throw new Error(`${tasks.length} tasks told for ${frames.length} frames`);
  return tasks.map(({ tdur }) => tdur / 1000).sort((left, right) => left - right);
}
