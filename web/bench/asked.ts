/** What `cargo xtask bench page` asks for, and where it reads the answer. */
import { writeFileSync } from "node:fs";

function given(name: string): string {
  const value = process.env[`FINGERPOST_BENCH_${name}`];
  if (!value) throw new Error(`FINGERPOST_BENCH_${name} is not set: cargo xtask bench page starts this`);
  return value;
}

/** The built page. */
export const PAGE = given("PAGE");
/** Its wasm package for single messages, alone. */
export const PACKAGE = given("PACKAGE");
/** What is pasted or opened. */
export const FILE = given("FILE");

export function tell(figures: Record<string, number | readonly number[]>): void {
  writeFileSync(given("FIGURES"), JSON.stringify(figures));
}
