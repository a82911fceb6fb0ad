import React, { useState } from 'react';
import { Button, Text, hubspot } from '@hubspot/ui-extensions';

hubspot.extend(() => <QuoteCard />);

const QuoteCard = () => {
  const [price, setPrice] = useState();
  const ask = async () => setPrice(await hubspot.serverless('quote', { parameters: { seats: 3 } }));
  return (
    <>
      <Button onClick={ask}>Quote</Button>
      <Text>{price ? price.total : 'no quote yet'}</Text>
    </>
  );
};
