// Light or dark by the user's choice (a preference shared with the program), else by the system's.

export function stored_theme() {
  try {
    return localStorage.getItem('portal:theme') ?? 'system';
  } catch {
    return 'system';
  }
}

export function apply_theme(theme) {
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}
