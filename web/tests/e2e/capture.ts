/** Capture files for tests: classic pcap with Ethernet, IPv4 and UDP, written here and not by what reads it. */

export interface Datagram {
  /** Microseconds since 1970. */
  time: number;
  from: string;
  to: string;
  payload: string;
}

export function pcap(datagrams: readonly Datagram[]): Buffer {
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0xa1b2c3d4, 0);
  head.writeUInt16LE(2, 4);
  head.writeUInt16LE(4, 6);
  head.writeUInt32LE(65_535, 16);
  head.writeUInt32LE(1, 20);
  return Buffer.concat([head, ...datagrams.flatMap(packet)]);
}

function packet({ time, from, to, payload }: Datagram): Buffer[] {
  const frame = ethernet(from, to, Buffer.from(payload));
  const record = Buffer.alloc(16);
  record.writeUInt32LE(Math.floor(time / 1_000_000), 0);
  record.writeUInt32LE(time % 1_000_000, 4);
  record.writeUInt32LE(frame.length, 8);
  record.writeUInt32LE(frame.length, 12);
  return [record, frame];
}

function ethernet(from: string, to: string, payload: Buffer): Buffer {
  const [source, destination] = [end(from), end(to)];
  const udp = Buffer.alloc(8);
  udp.writeUInt16BE(source.port, 0);
  udp.writeUInt16BE(destination.port, 2);
  udp.writeUInt16BE(8 + payload.length, 4);
  const ip = Buffer.alloc(20);
  ip[0] = 0x45;
  ip.writeUInt16BE(28 + payload.length, 2);
  ip[8] = 64;
  ip[9] = 17;
  source.address.copy(ip, 12);
  destination.address.copy(ip, 16);
  const link = Buffer.alloc(14);
  link.writeUInt16BE(0x0800, 12);
  return Buffer.concat([link, ip, udp, payload]);
}

function end(place: string): { address: Buffer; port: number } {
  const [address = "", port = "0"] = place.split(":");
  return { address: Buffer.from(address.split(".").map(Number)), port: Number(port) };
}

const lines = (...parts: string[]): string => `${parts.join("\r\n")}\r\n\r\n`;

/** A phone that asks, is answered, is told its URL and acknowledges it; every phone has its own number. */
export function exchange(number: number, time: number, isAcknowledged = true): Datagram[] {
  const phone = `10.1.${Math.floor(number / 250)}.${(number % 250) + 2}:5060`;
  const [host] = phone.split(":");
  const server = "10.1.255.1:5060";
  const id = `Call-ID: ${number}@${host}`;
  const mac = `0030ab${number.toString(16).padStart(6, "0")}`;
  const from = `From: <sip:${mac}@${host}>;tag=p${number}`;
  const to = `To: <sip:${mac}@224.0.1.75>`;
  const asked = `Via: SIP/2.0/UDP ${phone};branch=z9hG4bKs${number}`;
  const told = `Via: SIP/2.0/UDP ${server};branch=z9hG4bKn${number}`;
  const url = `http://10.1.255.1/${mac}.cfg`;
  const notify = lines(
    `NOTIFY sip:${phone} SIP/2.0`, told, "Max-Forwards: 70", `From: <sip:${mac}@224.0.1.75>;tag=s`, `To: <sip:${mac}@${host}>;tag=p${number}`, id,
    "CSeq: 1 NOTIFY", "Contact: <sip:10.1.255.1:5060>", "Event: ua-profile", "Subscription-State: terminated;reason=timeout",
    "Content-Type: application/url", `Content-Length: ${url.length}`,
  );
  const all: Datagram[] = [
    {
      time, from: phone, to: "224.0.1.75:5060",
      payload: lines(
        "SUBSCRIBE sip:224.0.1.75 SIP/2.0", asked, "Max-Forwards: 70", from, to, id, "CSeq: 1 SUBSCRIBE", `Contact: <sip:${phone}>`,
        'Event: ua-profile;profile-type="device";vendor="snom";model="snomD785";version="10.1"', "Accept: application/url", "Expires: 0", "Content-Length: 0",
      ),
    },
    {
      time: time + 2_000, from: server, to: phone,
      payload: lines("SIP/2.0 200 OK", asked, from, `${to};tag=s`, id, "CSeq: 1 SUBSCRIBE", "Contact: <sip:10.1.255.1:5060>", "Expires: 0", "Content-Length: 0"),
    },
    { time: time + 3_000, from: server, to: phone, payload: notify + url },
  ];
  if (isAcknowledged) {
    const payload = lines("SIP/2.0 200 OK", told, `From: <sip:${mac}@224.0.1.75>;tag=s`, `To: <sip:${mac}@${host}>;tag=p${number}`, id, "CSeq: 1 NOTIFY", "Content-Length: 0");
    all.push({ time: time + 5_000, from: phone, to: server, payload });
  }
  return all;
}
