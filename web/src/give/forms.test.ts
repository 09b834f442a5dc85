import { expect, test } from "vitest";
import { fileNameOf, FORMS } from "./forms.ts";

test("every form has a name of its own, and only the capture is no text", () => {
  expect(new Set(FORMS.map(({ name }) => name)).size).toBe(FORMS.length);
  expect(FORMS.filter(({ isText }) => !isText).map(({ form }) => form)).toEqual(["pcapng"]);
});

test("what is redacted says so in its name", () => {
  const [text] = FORMS;
  expect(text && fileNameOf(text, false)).toBe("messages.txt");
  expect(text && fileNameOf(text, true)).toBe("messages-redacted.txt");
});
