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

// Answers {{.Method}} /hs/serverless/{{.Path}}.
export const main = async (context: Context): Promise<Answer> => {
  const [name = 'world'] = context.params?.name ?? [];
  return {
    statusCode: 200,
    body: { message: `Hello, ${name}!` },
  };
};
