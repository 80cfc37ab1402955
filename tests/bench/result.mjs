// One line of the bench's table: ours beside a peer or a limit of the same run.
export const median = (numbers) => {
  const sorted = [...numbers].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

// Of numbers in ascending order: the one that this share of them lies below.
export const percentile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

const rounded = (number) => (Math.abs(number) >= 1000 ? Math.round(number) : Number(number.toPrecision(4)));

function result(name, unit, value, peer, peer_value, ratio) {
  for (const number of [value, peer_value, ratio])
    if (!Number.isFinite(number)) throw new Error(`${name}: ${value} beside ${peer_value} is no measurement`);
  return [name, { value: rounded(value), unit, peer, peer_value: rounded(peer_value), ratio: rounded(ratio) }];
}

// `ratio` says how many times better than the peer we are.
export const higher_is_better = (name, unit, value, peer, peer_value) => result(name, unit, value, peer, peer_value, value / peer_value);
export const lower_is_better = (name, unit, value, peer, peer_value) => result(name, unit, value, peer, peer_value, peer_value / value);
// A value that is meant to be none counts as one, so that the ratio stays a number.
export const none_is_best = (name, unit, value, peer, peer_value) => result(name, unit, value, peer, peer_value, peer_value / Math.max(1, value));

export function table(results) {
  const rows = [['bench', 'ours', 'unit', 'beside', 'its value', 'times better'],
    ...Object.entries(results).map(([name, one]) => [name, String(one.value), one.unit, one.peer, String(one.peer_value), String(one.ratio)])];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const is_number = [false, true, false, false, true, true];
  return rows.map((row) => row.map((cell, column) => (is_number[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join('  ')).join('\n');
}
