import React, { useState } from 'react';
import { Button, Flex, Text, hubspot } from '@hubspot/ui-extensions';

hubspot.extend(({ context }) => <Card context={context} />);

const Card = ({ context }) => {
{{- if .Function}}
  const [answer, setAnswer] = useState(null);

  const ask = async () => {
    const result = await hubspot.serverless({{js .Function}}, {
      parameters: { name: context.user.firstName },
    });
    setAnswer(result.message);
  };

  return (
    <Flex direction="column" gap="small">
      <Button onClick={ask}>Ask the function</Button>
      {answer && <Text>{answer}</Text>}
    </Flex>
  );
{{- else}}
  const [clicks, setClicks] = useState(0);

  return (
    <Flex direction="column" gap="small">
      <Text>Hello, {context.user.firstName}!</Text>
      <Button onClick={() => setClicks(clicks + 1)}>Clicked {clicks} times</Button>
    </Flex>
  );
{{- end}}
};
