import { expect, test } from "vitest";
import { linesOf } from "./lines.ts";

async function lines(...pieces: string[]): Promise<string[]> {
  const bytes = new TextEncoder();
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(bytes.encode(piece));
      controller.close();
    },
  });
  const found: string[] = [];
  for await (const line of linesOf(stream)) found.push(line);
  return found;
}

test("lines are whole however the bytes came", async () => {
  expect(await lines("[]\n[1", ",2]\n", "\n[3]", "\n")).toEqual(["[]", "[1,2]", "[3]"]);
});

test("a line that breaks off is none", async () => {
  expect(await lines('[]\n[{"event":"phone_as')).toEqual(["[]"]);
});
