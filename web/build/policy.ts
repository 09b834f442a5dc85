/** Who may do what, as a Content-Security-Policy. */
export interface Sources {
  /** Beside `'wasm-unsafe-eval'`, which compiles the inspector and nothing else. */
  script: string;
  style: string;
  connect: string;
  /** Where the worker comes from; scripts' own place where it is not named. */
  worker?: string;
}

/** The policy as the text of a `<meta>` element. */
export function policy({ script, style, connect, worker }: Sources): string {
  return [
    "default-src 'none'",
    `script-src ${script} 'wasm-unsafe-eval'`,
    `style-src ${style}`,
    `connect-src ${connect}`,
    ...(worker ? [`worker-src ${worker}`] : []),
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
