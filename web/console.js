// Answers questions in SQL about a copy of the replica: a worker of its own (web/bridge/console.js), so that no question
// delays an edit or a frame. The copy comes in pieces; an answer without bytes says that there is none.
import create_program from '/{{asset:console-program.js}}';

const started = create_program();
let place = 0;

function run(program, sql, ms_max) {
  const question = new TextEncoder().encode(sql);
  const at = program._malloc(question.length || 1);
  program.HEAPU8.set(question, at);
  const size = program._portal_console_run(at, question.length, ms_max);
  program._free(at);
  if (size === 0) throw new Error('no answer');
  const answer = program._portal_console_answer();
  // Growing the memory has made new views.
  return program.HEAPU8.slice(answer, answer + size);
}

addEventListener('message', async ({ data: { image_bytes, piece, sql, ms_max } }) => {
  try {
    const program = await started;
    if (image_bytes !== undefined) {
      place = program._portal_console_image(image_bytes);
    } else if (piece) {
      program.HEAPU8.set(piece, place);
      place += piece.length;
    } else {
      const answer = run(program, sql, ms_max);
      postMessage(answer, [answer.buffer]);
    }
  } catch {
    postMessage(null);
  }
});
