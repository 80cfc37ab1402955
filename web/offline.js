// The page's side of the service worker: registers it, and offers a new release instead of forcing it.

const answer_ms_max = 10_000;
// A page that stays open for days asks by itself; who comes back to it gets a fresh answer.
const look_interval_ms = 30 * 60_000;
const look_interval_ms_min = 5 * 60_000;

function keep_looking(registration) {
  let looked_ms = performance.now();
  const look = () => {
    looked_ms = performance.now();
    // Without a network there is nothing new.
    registration.update().catch(() => {});
  };
  setInterval(look, look_interval_ms);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && performance.now() - looked_ms > look_interval_ms_min) look();
  });
}

// The worker asks which release each open page runs, so that it keeps the files of those.
function answer_release_questions(container) {
  container.addEventListener('message', (event) => {
    if (event.data?.type === 'which-release') event.ports[0]?.postMessage(document.documentElement.dataset.release);
  });
}

// `offer(accept)` is called when a new release is ready; accept() switches to it and reloads this page. Who looks at the
// demo or a recording has its program kept, too: that is what `besides` asks of the worker.
export async function register_service_worker(offer, besides = null) {
  // A page that was opened from a disk is kept there.
  if (!('serviceWorker' in navigator) || !globalThis.isSecureContext || location.protocol === 'file:') return;
  const container = navigator.serviceWorker;
  answer_release_questions(container);
  let is_accepted = false;
  const watch = (registration, first_worker) => {
    const offer_waiting = () => {
      // The worker of a first visit updates nothing. It may still be told as waiting when it controls this page already.
      if (!registration.waiting || registration.waiting === first_worker) return;
      offer(() => {
        is_accepted = true;
        registration.waiting?.postMessage({ type: 'accept-update' });
        // A worker that does not answer must not leave the button dead.
        setTimeout(() => location.reload(), answer_ms_max);
      });
    };
    registration.addEventListener('updatefound', () => {
      const worker = registration.installing;
      worker?.addEventListener('statechange', () => {
        if (worker.state === 'installed') offer_waiting();
      });
    });
    offer_waiting();
  };
  container.addEventListener('controllerchange', () => {
    // Only the tab whose user agreed; the others keep their own files until they are reloaded.
    if (is_accepted) location.reload();
  });
  try {
    const had_worker = Boolean((await container.getRegistration())?.active);
    const registration = await container.register('/service-worker.js');
    watch(registration, had_worker ? null : registration.installing ?? registration.waiting ?? registration.active);
    keep_looking(registration);
    container.ready.then(({ active }) => {
      // Not of the controller: a page that came while the worker was starting has none until it is claimed.
      active.postMessage({ type: 'page-opened' });
      if (besides) active.postMessage({ type: besides });
    });
    await isolate_once(container);
  } catch (error) {
    globalThis.portal_client_log?.add('offline', error?.message ?? error);
  }
}

// Some hosts cannot send the isolation headers; the worker adds them, from the second load on.
async function isolate_once(container) {
  if (globalThis.crossOriginIsolated || sessionStorage.getItem('portal:isolation-tried')) return;
  sessionStorage.setItem('portal:isolation-tried', '1');
  await container.ready;
  if (container.controller) location.reload();
}
