// The words of the HTML pages, in both languages. The program on the canvas has its own catalogue.
// {0} stands for an argument.

const english = {
  app_name: 'Partner portal',
  loading: 'Loading',
  try_again: 'Try again',
  reload: 'Reload',
  later: 'Later',
  update_ready: 'Update ready.',
  update_now: 'Update now',
  stopped_title: 'The portal stopped.',
  stopped_crashed: 'Something went wrong inside this page. What you had saved is safe. Reload to go on.',
  stopped_load: 'The portal could not be loaded. Check the connection, then try again.',
  stopped_wasm: 'This browser cannot run the portal because it lacks WebAssembly. A current Chrome, Edge, Firefox or Safari can.',
  stopped_wasm_features: 'This browser is too old to run the portal. Update it, or use a current Chrome, Edge, Firefox or Safari.',
  stopped_graphics: 'The portal could not open WebGL 2, which it draws with. Turn on hardware acceleration in the browser’s settings, or use another browser.',
  graphics_lost: 'The picture was lost. It comes back by itself; nothing you entered is gone.',
  file_too_large: 'That file is too large to open here.',
  workbook_failed: 'The workbook could not be made. The CSV holds the same rows.',
  share_outside: 'Your own account reaches nothing of what is shared here. You see it as a guest.',
  close: 'Close',
  copy_refused: 'The browser did not allow copying. Press Ctrl+C instead.',

  sign_in_title: 'Sign in',
  sign_in_lead: 'Integration status, financing and tickets of your practices, in one place.',
  email: 'E-mail',
  password: 'Password',
  show: 'Show',
  hide: 'Hide',
  show_password: 'Show password',
  hide_password: 'Hide password',
  caps_lock: 'Caps Lock is on.',
  keep_data: 'Keep data on this device?',
  keep_data_line: 'Opens faster and works offline. Signing out erases it.',
  sign_in: 'Sign in',
  email_missing: 'Enter your e-mail address.',
  email_malformed: 'Enter an address like name@practice.com.',
  password_missing: 'Enter your password.',
  wrong_credentials: 'E-mail or password is not right.',
  throttled_minutes: 'Too many tries. Wait {0} minutes, then try again.',
  throttled_minute: 'Too many tries. Wait a minute, then try again.',
  server_unreachable: 'The server did not answer. Check the connection and try again.',
  server_failed: 'The server could not do that just now. Try again in a moment.',
  try_as: 'Try as',
  try_as_lead: 'Demo data: every name and figure is invented.',
  try_as_story: 'The story you chose begins with the first of these. All data is invented.',
  try_as_more: 'More roles',
  insecure_channel: 'This connection is not encrypted, so signing in is refused. Use the portal’s https address.',
  redeem_title: 'Choose your password',
  redeem_lead: 'At least 12 characters. A few words in a row are easier to remember than signs and digits.',
  new_password: 'New password',
  new_password_again: 'New password again',
  save_password: 'Save and sign in',
  password_short: 'Use at least 12 characters.',
  password_differs: 'The two passwords are not the same.',
  password_refused: 'That password is too easy to guess. Choose a longer one.',
  link_used_up: 'This link has expired or was used already. Ask for a new one.',
  back_to_sign_in: 'Back to sign-in',
  language: 'Language',
  server_up: 'All systems running',
  server_down: 'Server not reachable',
  server_checking: 'Checking the server',
  privacy: 'No patient data is stored here.',
  preloading: 'Getting the portal ready',
  role_practice_user: 'Front desk',
  role_practice_admin: 'Practice owner',
  role_vendor_user: 'Vendor engineer',
  role_account_manager: 'Account manager',
  role_lead: 'Team lead',
  role_integration_engineer: 'Integration engineer',
  role_support_agent: 'Support agent',
  role_quality_analyst: 'Quality analyst',
  role_operations: 'Operations',
  role_auditor: 'Auditor',
  role_admin: 'Administrator',
};

const spanish = {
  app_name: 'Portal de socios',
  loading: 'Cargando',
  try_again: 'Intentar de nuevo',
  reload: 'Recargar',
  later: 'Más tarde',
  update_ready: 'Hay una actualización.',
  update_now: 'Actualizar ahora',
  stopped_title: 'El portal se detuvo.',
  stopped_crashed: 'Algo falló dentro de esta página. Lo que había guardado está a salvo. Recargue para continuar.',
  stopped_load: 'No se pudo cargar el portal. Compruebe la conexión e inténtelo de nuevo.',
  stopped_wasm: 'Este navegador no puede abrir el portal porque carece de WebAssembly. Un Chrome, Edge, Firefox o Safari actual sí puede.',
  stopped_wasm_features: 'Este navegador es demasiado antiguo para el portal. Actualícelo o use un Chrome, Edge, Firefox o Safari actual.',
  stopped_graphics: 'El portal no pudo abrir WebGL 2, con el que dibuja. Active la aceleración por hardware en el navegador o use otro.',
  graphics_lost: 'Se perdió la imagen. Volverá sola; nada de lo que escribió se ha perdido.',
  file_too_large: 'Ese archivo es demasiado grande para abrirlo aquí.',
  workbook_failed: 'No se pudo hacer el libro. El CSV contiene las mismas filas.',
  share_outside: 'Su cuenta no tiene acceso a nada de lo que se comparte aquí. Lo ve como invitado.',
  close: 'Cerrar',
  copy_refused: 'El navegador no permitió copiar. Pulse Ctrl+C.',

  sign_in_title: 'Iniciar sesión',
  sign_in_lead: 'Estado de integraciones, financiamiento y tickets de sus consultas, en un solo lugar.',
  email: 'Correo electrónico',
  password: 'Contraseña',
  show: 'Mostrar',
  hide: 'Ocultar',
  show_password: 'Mostrar la contraseña',
  hide_password: 'Ocultar la contraseña',
  caps_lock: 'Bloq Mayús está activado.',
  keep_data: '¿Guardar datos en este equipo?',
  keep_data_line: 'Abre más rápido y sin conexión. Al cerrar sesión se borran.',
  sign_in: 'Iniciar sesión',
  email_missing: 'Escriba su correo electrónico.',
  email_malformed: 'Escriba una dirección como nombre@consulta.com.',
  password_missing: 'Escriba su contraseña.',
  wrong_credentials: 'El correo o la contraseña no son correctos.',
  throttled_minutes: 'Demasiados intentos. Espere {0} minutos e inténtelo de nuevo.',
  throttled_minute: 'Demasiados intentos. Espere un minuto e inténtelo de nuevo.',
  server_unreachable: 'El servidor no respondió. Compruebe la conexión e inténtelo de nuevo.',
  server_failed: 'El servidor no pudo hacerlo en este momento. Inténtelo enseguida.',
  try_as: 'Probar como',
  try_as_lead: 'Datos de demostración: todos los nombres y cifras son inventados.',
  try_as_story: 'La historia que eligió empieza con la primera de estas. Todos los datos son inventados.',
  try_as_more: 'Más funciones',
  insecure_channel: 'Esta conexión no está cifrada, por eso no se permite iniciar sesión. Use la dirección https del portal.',
  redeem_title: 'Elija su contraseña',
  redeem_lead: 'Al menos 12 caracteres. Varias palabras seguidas se recuerdan mejor que signos y cifras.',
  new_password: 'Contraseña nueva',
  new_password_again: 'Repita la contraseña nueva',
  save_password: 'Guardar e iniciar sesión',
  password_short: 'Use al menos 12 caracteres.',
  password_differs: 'Las dos contraseñas no son iguales.',
  password_refused: 'Esa contraseña es demasiado fácil de adivinar. Elija una más larga.',
  link_used_up: 'Este enlace caducó o ya se usó. Pida uno nuevo.',
  back_to_sign_in: 'Volver a iniciar sesión',
  language: 'Idioma',
  server_up: 'Todo en funcionamiento',
  server_down: 'El servidor no responde',
  server_checking: 'Comprobando el servidor',
  privacy: 'Aquí no se guardan datos de pacientes.',
  preloading: 'Preparando el portal',
  role_practice_user: 'Recepción',
  role_practice_admin: 'Titular de la consulta',
  role_vendor_user: 'Técnico del proveedor',
  role_account_manager: 'Gestor de cuentas',
  role_lead: 'Jefe de equipo',
  role_integration_engineer: 'Ingeniero de integración',
  role_support_agent: 'Agente de soporte',
  role_quality_analyst: 'Analista de calidad',
  role_operations: 'Operaciones',
  role_auditor: 'Auditoría',
  role_admin: 'Administración',
  // The server describes its demo accounts in English.
  sees_practice_user: 'La mañana en que se rompió el cuadre contable',
  sees_practice_admin: 'Una consulta con un marzo flojo',
  sees_vendor_user: 'Todas las consultas con su sistema: etapas, pruebas, incidentes',
  sees_account_manager: 'Una cartera de 120 consultas: quién le necesita primero',
  sees_support_agent: 'Una cola de casos, la próxima promesa arriba',
  sees_quality_analyst: 'Una muestra de casos cerrados',
  sees_auditor: 'Todo, solo lectura',
  sees_admin: 'Usuarios, permisos e integraciones; sin volúmenes',
};

const catalogues = { en: english, es: spanish };

// A preference shared with the program (platform/window keeps the same key).
const preference_key = 'portal:language';

export function preferred_language() {
  let stored = null;
  try {
    stored = localStorage.getItem(preference_key);
  } catch {
    // Storage may be forbidden.
  }
  const wanted = stored ?? navigator.language ?? 'en';
  return wanted.toLowerCase().startsWith('es') ? 'es' : 'en';
}

export function remember_language(language) {
  try {
    localStorage.setItem(preference_key, language);
  } catch {
    // Then this page alone knows.
  }
}

let catalogue = catalogues[preferred_language()];

export function use_language(language) {
  catalogue = catalogues[language] ?? english;
  document.documentElement.lang = language;
}

export function has_word(id) {
  return id in catalogue;
}

export function word(id, ...values) {
  const text = catalogue[id] ?? english[id] ?? id;
  return text.replace(/\{(\d)\}/g, (_, index) => values[Number(index)] ?? '');
}
