/** Changes that put findings right, together. */
import type { Finding, Fix } from "../wasm/index.ts";

/** The fixes of all findings in order; of two that touch the same place the first one alone. */
export function fixes(findings: readonly Finding[]): Fix[] {
  const all = findings.flatMap(({ fix }) => fix ?? []).sort((one, other) => one.from - other.from || one.to - other.to);
  const apart: Fix[] = [];
  for (const fix of all) {
    const last = apart.at(-1);
    if (!last || fix.from > last.to || (fix.from === last.to && last.from < last.to && fix.from < fix.to)) apart.push(fix);
  }
  return apart;
}
