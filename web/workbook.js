// Makes Excel workbooks of what the portal tells; a worker of its own, begun when the first one is wanted
// (web/bridge/window.js), so that neither the screens nor their first load know of it.
import create_program from '/{{asset:workbook-program.js}}';

const started = create_program();

addEventListener('message', async ({ data: { name, archive } }) => {
  try {
    const program = await started;
    const place = program._malloc(archive.length);
    if (!place) throw new Error('no memory');
    program.HEAPU8.set(archive, place);
    const size = program._portal_workbook_make(place, archive.length);
    program._free(place);
    if (size === 0) throw new Error('no workbook');
    const at = program._portal_workbook_bytes();
    // Growing the memory has made new views.
    const bytes = program.HEAPU8.slice(at, at + size);
    postMessage({ name, bytes }, [bytes.buffer]);
  } catch (error) {
    postMessage({ name, problem: String(error?.message ?? error) });
  }
});
