// The page's side of the service worker: registers it, and offers a new release instead of forcing it.

const answer_ms_max = 10_000;

// The worker asks which release each open page runs, so that it keeps the files of those.
function answer_release_questions(container) {
  container.addEventListener('message', (event) => {
    if (event.data?.type === 'which-release') event.ports[0]?.postMessage(document.documentElement.dataset.release);
  });
}

// `offer(accept)` is called when a new release is ready; accept() switches to it and reloads this page.
export async function register_service_worker(offer) {
  if (!('serviceWorker' in navigator) || !globalThis.isSecureContext) return;
  const container = navigator.serviceWorker;
  answer_release_questions(container);
  let is_accepted = false;
  const watch = (registration) => {
    const offer_waiting = () => {
      // Without a controller this is the first visit, and there is nothing to update.
      if (!registration.waiting || !container.controller) return;
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
    const registration = await container.register('/service-worker.js');
    watch(registration);
    container.controller?.postMessage({ type: 'page-opened' });
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
