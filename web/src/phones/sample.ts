/** A phone for tests. */
import type { Phone, PhoneRow } from "../backend/host.ts";

export function phone(changes: Partial<Phone> = {}): Phone {
  return {
    id: "000413a27c10",
    mac: "000413a27c10",
    vendor: "snom",
    model: "D735",
    version: "10.1.159",
    address: "10.13.2.44",
    evidence: [],
    ...changes,
  };
}

export function row(changes: Partial<PhoneRow>): PhoneRow {
  return {
    phone: phone(),
    source: "10.13.2.44:5060",
    interface: "eno1",
    first_asked: "2026-11-22T13:02:11.204Z",
    last_asked: "2026-11-22T13:02:11.204Z",
    asked: 1,
    notified: 0,
    state: "asked",
    rule: null,
    url: null,
    dialect: null,
    reason: null,
    name: null,
    tags: [],
    adoption: "new",
    is_remembered: false,
    is_simulated: false,
    server: "10.13.4.121",
    also_at: [],
    ...changes,
  };
}
