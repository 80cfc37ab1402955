// Figures by their definitions in SQL over the server's database: written down once more and not taken from the program.
import { day_iso } from './server.mjs';

// Days since 1970 of the server's database, as SQL.
export const day = (iso) => `CAST(julianday('${iso}') - julianday('1970-01-01') AS INTEGER)`;

// Net financed volume.
export const net_sql = (from, until) => `SELECT COALESCE(SUM(CASE
    WHEN kind = 'sale' AND status = 'settled' THEN settled_cents
    WHEN kind IN ('refund', 'chargeback') THEN -settled_cents
    WHEN kind = 'reversal' THEN settled_cents ELSE 0 END), 0) AS net
  FROM financing_fact f JOIN practice p ON p.id = f.practice
  WHERE p.external_key = 'P-A' AND f.posted_day BETWEEN ${day(from)} AND ${day(until)}`;

export const open_tickets_sql = `SELECT COUNT(*) FROM ticket t JOIN location l ON l.id = t.location JOIN practice p ON p.id = l.practice
  WHERE p.external_key = 'P-A' AND t.state NOT IN ('resolved', 'closed')`;

// The month of the last reported day, which is what the overview shows.
export const closed = day_iso(-1);
export const month_from = `${closed.slice(0, 7)}-01`;

// "$1,234.50" of 123450.
export function money(cents) {
  const text = (Math.abs(cents) / 100).toLocaleString('en-US', { minimumFractionDigits: 2 });
  return `${cents < 0 ? '-' : ''}$${text}`;
}

// "$8.7K" is right when it is the cents in question, rounded to what it shows.
export function shows(text, cents) {
  const match = text.match(/(-?)\$([\d.,]+)([KM]?)/);
  if (!match) return false;
  const unit = { '': 1, K: 1e3, M: 1e6 }[match[3]];
  const number = match[2].replaceAll(',', '');
  const decimals = number.split('.')[1]?.length ?? 0;
  const value = (match[1] ? -1 : 1) * Number(number) * unit * 100;
  return Math.abs(value - cents) <= (unit * 100 * 10 ** -decimals) / 2 + 0.5;
}
