interface Context {
  accountId: number;
  parameters: Record<string, unknown>; // as the caller passes them
  propertiesToSend: Record<string, string>;
}

// Called from UI extensions: hubspot.serverless({{js .Name}}, { parameters: { name } }).
export const main = async (context: Context): Promise<{ message: string }> => {
  const { name = 'world' } = context.parameters ?? {};
  return { message: `Hello, ${name}!` };
};
