interface Context {
  accountId: number;
  method: string;
  params: Record<string, string[]>; // the query
  headers: Record<string, string>;
  body: unknown; // parsed JSON
}

interface Answer {
  statusCode: number;
  body?: unknown;
  headers?: Record<string, string>;
}

// Answers {{.Method}} /_hcms/api/{{.Path}}.
export const main = (context: Context, sendResponse: (answer: Answer) => void): void => {
  const [name = 'world'] = context.params?.name ?? [];
  sendResponse({
    statusCode: 200,
    body: { message: `Hello, ${name}!` },
  });
};
