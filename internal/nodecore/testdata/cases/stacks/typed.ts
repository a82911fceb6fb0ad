// Positions in TypeScript, whose types are gone at run time.

interface Row {
  id: number;
  tags?: string[];
}

function first(rows: Row[]): string {
  const row: Row = rows[0];
  return (row.tags as string[])[0].toUpperCase();
}

export const main = async (): Promise<string> => {
  const rows: Row[] = [
    { id: 1 },
  ];
  return first(rows);
};
